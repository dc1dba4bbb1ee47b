package org.relayhub.operations.report;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;

/** How many subscribers each province has: {@code codes/subscribers.csv}. */
public final class Subscribers {

    private final Map<String, Long> counts = new TreeMap<>();

    /**
     * @param provinces the codes of all provinces
     * @throws BrokenFileException if a count is none, or a province is unknown or missing
     */
    public Subscribers(CodeTable table, List<String> provinces) {
        table.checkColumns(List.of("code", "subscribers"), List.of());
        table.checkNotEmpty();
        for (CodeTable.Row row : table.rows()) {
            String code = row.require("code");
            if (!provinces.contains(code)) {
                throw row.fault("no province has the code " + code);
            }
            String subscribers = row.require("subscribers");
            if (!subscribers.matches("[1-9][0-9]{0,9}")) {
                throw row.fault("subscribers is a number from 1");
            }
            counts.put(code, Long.valueOf(subscribers));
        }
        provinces.stream()
                .filter(province -> !counts.containsKey(province))
                .findFirst()
                .ifPresent(province -> {
                    throw table.rows().get(table.rows().size() - 1).fault("province " + province + " is missing");
                });
    }

    /** The provinces, by their codes. */
    public List<String> provinces() {
        return List.copyOf(counts.keySet());
    }

    /**
     * Those of a province.
     *
     * @throws IllegalArgumentException if there is no such province
     */
    public long of(String province) {
        Long subscribers = counts.get(province);
        if (subscribers == null) {
            throw new IllegalArgumentException("no province " + province);
        }
        return subscribers;
    }

    /** Those of all provinces together. */
    public long all() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
