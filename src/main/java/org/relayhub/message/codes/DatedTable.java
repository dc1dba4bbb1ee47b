package org.relayhub.message.codes;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a code table, each in force from {@code valid_from} to {@code valid_to}, both included, and followed by the
 * code in {@code replaced_by}. A code may stand in several rows, for other days in each. Immutable.
 */
public final class DatedTable<R extends DatedCode> {

    private static final Comparator<DatedCode> BY_BEGINNING =
            Comparator.comparing(row -> row.validity().from(), Comparator.nullsFirst(Comparator.naturalOrder()));

    private final String name;
    private final List<R> rows;
    private final Map<String, List<R>> byCode;
    private final int longest;

    private DatedTable(String name, List<R> rows, Map<String, List<R>> byCode) {
        this.name = name;
        this.rows = rows;
        this.byCode = byCode;
        this.longest = byCode.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /**
     * Makes a dated table of a code table.
     *
     * @param mandatory the columns that it must have
     * @param optional those that it may have besides, the three of its dates not named
     * @param read makes a row
     * @throws BrokenFileException if there is anything wrong with it; the message names the line
     */
    static <R extends DatedCode> DatedTable<R> of(
            CodeTable csv, List<String> mandatory, List<String> optional, Function<CodeTable.Row, R> read) {
        csv.checkColumns(
                mandatory,
                Stream.concat(Validity.COLUMNS.stream(), optional.stream()).toList());
        csv.checkNotEmpty();
        List<R> rows = new ArrayList<>();
        Map<String, List<R>> byCode = new HashMap<>();
        Map<R, Long> lines = new HashMap<>();
        for (CodeTable.Row line : csv.rows()) {
            R row = read.apply(line);
            List<R> same = byCode.computeIfAbsent(row.code(), code -> new ArrayList<>(1));
            for (R earlier : same) {
                if (earlier.validity().overlaps(row.validity())) {
                    throw line.fault(row.code() + " stands in line " + lines.get(earlier)
                            + " already, for some of the same days");
                }
            }
            same.add(row);
            rows.add(row);
            lines.put(row, line.line());
        }
        byCode.values().forEach(same -> same.sort(BY_BEGINNING));
        for (int i = 0; i < rows.size(); i++) {
            checkSuccessor(csv.rows().get(i), rows.get(i), byCode.keySet());
        }
        return new DatedTable<>(csv.name(), List.copyOf(rows), byCode);
    }

    private static void checkSuccessor(CodeTable.Row line, DatedCode row, Set<String> codes) {
        String successor = row.replacedBy();
        if (successor == null) {
            return;
        }
        if (successor.equals(row.code())) {
            throw line.fault("replaced_by is the code itself");
        }
        if (!codes.contains(successor)) {
            throw line.fault("replaced_by is no code of the table");
        }
    }

    /** The file's name without its ending. */
    public String name() {
        return name;
    }

    /** Every row, in the file's order. */
    public List<R> rows() {
        return rows;
    }

    /** The rows that are in force on a day, in the file's order. */
    public List<R> inForce(LocalDate day) {
        return rows.stream().filter(row -> row.validity().includes(day)).toList();
    }

    /** What a code is on a day. */
    public Lookup<R> find(String code, LocalDate day) {
        List<R> same = byCode.get(code);
        return same == null ? new Lookup.Unknown<>() : judge(same, day);
    }

    /**
     * What the longest code that a text begins with is on a day. A code that has not begun leaves the text to a shorter
     * one, so that a row may be written down ahead of its time.
     */
    public Lookup<R> findByPrefix(String text, LocalDate day) {
        Lookup<R> notYet = null;
        for (int length = Math.min(text.length(), longest); length > 0; length--) {
            Lookup<R> found = find(text.substring(0, length), day);
            if (found instanceof Lookup.InForce || found instanceof Lookup.Ended) {
                return found;
            }
            if (notYet == null && found instanceof Lookup.NotYet) {
                notYet = found;
            }
        }
        return notYet == null ? new Lookup.Unknown<>() : notYet;
    }

    /** @param same the rows of one code, the earliest first */
    private Lookup<R> judge(List<R> same, LocalDate day) {
        R ended = null;
        R coming = null;
        for (R row : same) {
            if (row.validity().includes(day)) {
                return new Lookup.InForce<>(row);
            }
            if (row.validity().isBefore(day)) {
                ended = row;
            } else if (coming == null) {
                coming = row;
            }
        }
        if (ended != null) {
            return new Lookup.Ended<>(
                    ended,
                    successor(ended, day),
                    coming == null ? null : coming.validity().from());
        }
        return coming == null ? new Lookup.Unknown<>() : new Lookup.NotYet<>(coming);
    }

    private @Nullable String successor(R ended, LocalDate day) {
        Set<String> seen = new HashSet<>();
        String next = ended.replacedBy();
        while (next != null && seen.add(next)) {
            List<R> same = byCode.getOrDefault(next, List.of());
            if (same.stream().anyMatch(row -> row.validity().includes(day))) {
                return next;
            }
            next = same.isEmpty() ? null : same.get(same.size() - 1).replacedBy();
        }
        return ended.replacedBy();
    }
}
