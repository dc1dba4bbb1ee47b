package org.relayhub.ticket.deadline;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;

/**
 * How long an answer may take, by urgency, level of the customer and type of service: {@code codes/deadlines.csv}. The
 * first row that fits counts; an empty cell fits everything.
 */
public final class DeadlineTable {

    private static final int LONGEST = 24 * 90;

    private record Row(String urgentId, Set<String> subsLevels, String svcTypePrefix, Duration limit) {

        private boolean fits(String urgent, String level, String type) {
            return (urgentId.isEmpty() || urgentId.equals(urgent))
                    && (subsLevels.isEmpty() || subsLevels.contains(level))
                    && type.startsWith(svcTypePrefix);
        }
    }

    private final List<Row> rows;

    /** @throws BrokenFileException if a row has no sense, or the last one does not fit everything */
    public DeadlineTable(CodeTable table) {
        table.checkColumns(List.of("urgent_id", "subs_level", "svc_type_prefix", "hours"), List.of());
        table.checkNotEmpty();
        rows = table.rows().stream().map(DeadlineTable::row).toList();
        if (!rows.get(rows.size() - 1).fits("", "", "")) {
            throw table.rows().get(rows.size() - 1).fault("the last row must fit everything: only hours has a value");
        }
    }

    private static Row row(CodeTable.Row row) {
        String levels = row.get("subs_level");
        String hours = row.require("hours");
        if (!hours.matches("[0-9]{1,4}") || Integer.parseInt(hours) < 1 || Integer.parseInt(hours) > LONGEST) {
            throw row.fault("hours is a number from 1 to " + LONGEST);
        }
        return new Row(
                row.get("urgent_id"),
                levels.isEmpty() ? Set.of() : Set.of(levels.split("\\|")),
                row.get("svc_type_prefix"),
                Duration.ofHours(Integer.parseInt(hours)));
    }

    /** How long an answer may take. */
    public Duration limit(String urgentId, String subsLevel, String svcTypeId) {
        return rows.stream()
                .filter(row -> row.fits(urgentId, subsLevel, svcTypeId))
                .findFirst()
                .map(Row::limit)
                .orElseThrow(() -> new IllegalStateException("the last row fits everything"));
    }
}
