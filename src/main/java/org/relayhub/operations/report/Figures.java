package org.relayhub.operations.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** What a province came to in a stretch of time. */
public record Figures(Map<Count, Long> counts) {

    /** What nothing comes to. */
    public static final Figures NONE = new Figures(Map.of());

    public Figures {
        counts = Map.copyOf(counts);
    }

    /** A row that has a column for each count. */
    static Figures of(ResultSet row) throws SQLException {
        Map<Count, Long> counts = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            counts.put(count, row.getLong(count.column()));
        }
        return new Figures(counts);
    }

    public long get(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** This stretch and another together. */
    public Figures plus(Figures other) {
        Map<Count, Long> sums = new EnumMap<>(Count.class);
        for (Count count : Count.values()) {
            sums.put(count, get(count) + other.get(count));
        }
        return new Figures(sums);
    }
}
