package org.relayhub.standalone.simulation.service;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.standalone.simulation.service.Records.Entry;

/** One column of an answer: a row of {@code simulation/business-columns.csv}. */
record Column(String name, Kind kind, List<String> values) {

    /** Where a column's values come from. */
    enum Kind {
        /** The row's date and time. */
        TIME,
        /** The row's date. */
        DAY,
        /** The date so many days later. */
        LATER,
        /** What the row knows by that name. */
        KNOWN,
        /** Always the same. */
        TEXT,
        /** One of the values. */
        ANY,
        /** One of the values, in every such column of a row the one in the same place. */
        EACH,
        /** The values in their order, row by row. */
        NTH,
        /** A number of a range. */
        NUMBER,
        /** An amount of a range in fen, written in yuan. */
        MONEY,
        /** So many letters, and digits. */
        SERIAL
    }

    private static final String BETWEEN_VALUES = ";";
    private static final String BETWEEN_ENDS = "\\.\\.";
    private static final int DATE_LENGTH = 10;
    private static final int FEN = 100;
    private static final int SERIAL_DIGITS = 10;

    /** @throws IllegalArgumentException if the kind is unknown, or its values have no sense */
    static Column of(CodeTable.Row row) {
        Kind kind = Kind.valueOf(row.get("kind").toUpperCase(Locale.ROOT));
        String values = row.get("values");
        var column = new Column(
                row.get("column_zh"),
                kind,
                List.of(values.split(kind == Kind.NUMBER || kind == Kind.MONEY ? BETWEEN_ENDS : BETWEEN_VALUES)));
        switch (kind) {
            case NUMBER, MONEY -> column.end(1);
            case LATER -> column.end(0);
            default -> {
                // Any text will do.
            }
        }
        return column;
    }

    private int end(int place) {
        return Integer.parseInt(values.get(place));
    }

    String value(Entry row) {
        return switch (kind) {
            case TIME -> Serial.time(row.at());
            case DAY -> Serial.time(row.at()).substring(0, DATE_LENGTH);
            case LATER -> Serial.time(row.at().plus(Duration.ofDays(end(0)))).substring(0, DATE_LENGTH);
            case KNOWN -> row.known().getOrDefault(values.get(0), "");
            case TEXT -> values.get(0);
            case ANY -> values.get(row.chance().nextInt(values.size()));
            case EACH -> values.get(row.pick() % values.size());
            case NTH -> values.get(row.rank() % values.size());
            case NUMBER -> Integer.toString(number(row));
            case MONEY -> money(number(row));
            case SERIAL ->
                values.get(0)
                        + IntStream.range(0, SERIAL_DIGITS)
                                .mapToObj(place -> Integer.toString(row.chance().nextInt(10)))
                                .collect(Collectors.joining());
        };
    }

    private int number(Entry row) {
        return end(0) + row.chance().nextInt(end(1) - end(0) + 1);
    }

    private static String money(int fen) {
        return fen / FEN + "." + (fen % FEN < 10 ? "0" : "") + fen % FEN;
    }
}
