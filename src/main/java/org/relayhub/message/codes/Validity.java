package org.relayhub.message.codes;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The days of China time on which a row of a table is in force.
 *
 * @param from the first of them; null where it has always been
 * @param to the last of them; null where no end is known
 */
public record Validity(@Nullable LocalDate from, @Nullable LocalDate to) {

    /** The columns that a dated table may have; a table without one has it empty in each row. */
    static final List<String> COLUMNS = List.of("valid_from", "valid_to", "replaced_by");

    /** @throws BrokenFileException if a date of the row is none, or its end is before its beginning */
    static Validity of(CodeTable.Row row) {
        LocalDate from = date(row, "valid_from");
        LocalDate to = date(row, "valid_to");
        if (from != null && to != null && to.isBefore(from)) {
            throw row.fault("valid_to is before valid_from");
        }
        return new Validity(from, to);
    }

    private static @Nullable LocalDate date(CodeTable.Row row, String column) {
        String text = row.find(column);
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw row.fault(column + " is no date like 2026-03-01");
        }
    }

    public boolean includes(LocalDate day) {
        return !isBefore(day) && !isAfter(day);
    }

    /** Whether it is over on a day. */
    public boolean isBefore(LocalDate day) {
        return to != null && day.isAfter(to);
    }

    /** Whether it has not begun on a day. */
    public boolean isAfter(LocalDate day) {
        return from != null && day.isBefore(from);
    }

    boolean overlaps(Validity other) {
        return !(other.from != null && isBefore(other.from)) && !(from != null && other.isBefore(from));
    }
}
