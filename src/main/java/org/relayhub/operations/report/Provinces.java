package org.relayhub.operations.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How each province does in a stretch of time.
 *
 * @param rows by their codes, every province of the table and the headquarters' systems
 * @param all all of them together
 */
public record Provinces(List<Row> rows, Row all) {

    /** The headquarters' systems, whose tickets are of no province. */
    public static final String HEADQUARTERS = "000";

    /** What stands for all provinces and the headquarters. */
    public static final String ALL = "all";

    /**
     * A province.
     *
     * @param subscribers how many it has; those of all provinces for the headquarters
     * @param figures what is known as soon as it happens
     * @param settled where what is known a day later is counted from
     */
    public record Row(String province, long subscribers, Figures figures, Figures settled) {

        /** An indicator; null where there was nothing to judge by. */
        public @Nullable Double value(Indicator indicator) {
            return indicator.value(indicator.isLate() ? settled : figures, subscribers);
        }
    }

    /** @param settled where what is known a day later is counted from */
    static Provinces of(Subscribers subscribers, Map<String, Figures> figures, Map<String, Figures> settled) {
        Set<String> codes = new TreeSet<>(subscribers.provinces());
        codes.add(HEADQUARTERS);
        codes.addAll(figures.keySet());
        codes.addAll(settled.keySet());
        List<Row> rows = new ArrayList<>();
        for (String code : codes) {
            rows.add(new Row(
                    code,
                    subscribers.provinces().contains(code) ? subscribers.of(code) : subscribers.all(),
                    figures.getOrDefault(code, Figures.NONE),
                    settled.getOrDefault(code, Figures.NONE)));
        }
        Figures allFigures = rows.stream().map(Row::figures).reduce(Figures.NONE, Figures::plus);
        Figures allSettled = rows.stream().map(Row::settled).reduce(Figures.NONE, Figures::plus);
        return new Provinces(List.copyOf(rows), new Row(ALL, subscribers.all(), allFigures, allSettled));
    }
}
