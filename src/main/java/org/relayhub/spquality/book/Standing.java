package org.relayhub.spquality.book;

import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** How a province stands in a month's book. */
public enum Standing {
    /** Nothing was dropped, or what was is gone again without having been decided. */
    MISSING,
    /** A file is there, and was not decided yet. */
    RECEIVED,
    /** Whatever was dropped was refused. */
    REJECTED,
    /** A file was accepted in time. */
    ACCEPTED,
    /** A file was accepted, and the first of them after the deadline. */
    LATE;

    /** How many provinces stand how; each way is there, and be it with none. */
    public static Map<Standing, Long> count(Collection<ProvinceMonth> provinces) {
        Map<Standing, Long> counts = new EnumMap<>(Standing.class);
        for (Standing standing : values()) {
            counts.put(standing, 0L);
        }
        provinces.forEach(province -> counts.merge(province.standing(), 1L, Long::sum));
        return counts;
    }
}
