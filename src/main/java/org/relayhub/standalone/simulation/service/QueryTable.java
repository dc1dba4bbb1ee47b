package org.relayhub.standalone.simulation.service;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.standalone.simulation.service.Records.Entry;

/** What the answer to each query looks like: {@code simulation/business-queries.csv} and {@code business-columns.csv}. */
final class QueryTable {

    /** Which rows a query has. */
    enum Rows {
        /** What has happened to a number between two days. */
        HISTORY,
        /** What there is to a number or name, at most so many. */
        LIST,
        /** One row if the number is on the platform's blacklist. */
        BLACKLIST,
        /** The changes of the platform's blacklist between two days. */
        LOG
    }

    /**
     * One query.
     *
     * @param most how many rows a LIST has at most
     */
    record Query(String key, Rows rows, int most, List<Column> columns) {

        String names() {
            return columns.stream().map(Column::name).collect(Collectors.joining("|"));
        }

        String row(Entry entry) {
            return columns.stream().map(column -> column.value(entry)).collect(Collectors.joining("|"));
        }
    }

    private final Map<String, Query> queries = new HashMap<>();

    QueryTable(CodeTable queries, CodeTable columns) {
        Map<String, List<Column>> byQuery = new HashMap<>();
        columns.rows().forEach(row -> byQuery.computeIfAbsent(key(row), key -> new ArrayList<>())
                .add(Column.of(row)));
        for (CodeTable.Row row : queries.rows()) {
            String key = key(row);
            this.queries.put(
                    key,
                    new Query(
                            key,
                            Rows.valueOf(row.get("rows").toUpperCase(Locale.ROOT)),
                            Integer.parseInt(row.get("most")),
                            List.copyOf(byQuery.getOrDefault(key, List.of()))));
        }
    }

    private static String key(CodeTable.Row row) {
        return row.get("service_type_id") + row.get("operate_type_id");
    }

    Optional<Query> find(String serviceTypeId, String operateTypeId) {
        return Optional.ofNullable(queries.get(serviceTypeId + operateTypeId));
    }
}
