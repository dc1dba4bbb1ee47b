package org.relayhub.diagnosis.verdict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;

/**
 * The decision table {@code codes/diagnosis-rules.csv}: the first rule whose cells all hold gives verdict and advice. A
 * cell is empty where a rule does not ask, or names the values, joined by {@code |}, of which the fact is one. The last
 * rule asks for nothing, so that there is always a verdict. Its content can be replaced while it is used. Thread-safe.
 */
public final class VerdictRules {

    private static final String VERDICT = "verdict";
    private static final String ADVICE = "advice_zh";
    private static final int LONGEST_ADVICE = 500;

    /** A rule; a fact that it does not ask about is not in its cells. */
    private record Rule(Verdict verdict, Map<Fact, Set<String>> cells, String advice) {

        boolean holds(Map<Fact, String> facts) {
            return cells.entrySet().stream()
                    .allMatch(cell -> cell.getValue().contains(facts.getOrDefault(cell.getKey(), Fact.UNKNOWN)));
        }
    }

    /** What the facts come to. */
    public record Decision(Verdict verdict, String advice) {}

    private volatile List<Rule> rules;

    /** @throws BrokenFileException if the table makes no sense; the message says in which line */
    public VerdictRules(CodeTable table) {
        rules = read(table);
    }

    /**
     * Takes another table's rules instead.
     *
     * @throws BrokenFileException if it makes no sense; the rules then stay as they are
     */
    public void replace(CodeTable table) {
        rules = read(table);
    }

    /** The verdict on some facts; one that is missing is {@link Fact#UNKNOWN}. */
    public Decision decide(Map<Fact, String> facts) {
        return rules.stream()
                .filter(rule -> rule.holds(facts))
                .findFirst()
                .map(rule -> new Decision(rule.verdict(), rule.advice()))
                .orElseThrow();
    }

    private static List<Rule> read(CodeTable table) {
        table.checkColumns(
                List.of(VERDICT, ADVICE),
                Arrays.stream(Fact.values()).map(Fact::column).toList());
        List<Rule> rules = new ArrayList<>();
        for (CodeTable.Row row : table.rows()) {
            if (!rules.isEmpty() && rules.get(rules.size() - 1).cells().isEmpty()) {
                throw row.fault("is never reached, the rule before it asks for nothing");
            }
            rules.add(rule(row));
        }
        if (rules.isEmpty() || !rules.get(rules.size() - 1).cells().isEmpty()) {
            throw new BrokenFileException(
                    table.name() + ".csv: the last rule must ask for nothing, so that there is always a verdict");
        }
        return List.copyOf(rules);
    }

    private static Rule rule(CodeTable.Row row) {
        Map<Fact, Set<String>> cells = new EnumMap<>(Fact.class);
        row.columns().forEach((column, cell) -> {
            Optional<Fact> fact = Fact.ofColumn(column);
            if (fact.isPresent() && !cell.isBlank()) {
                Set<String> values = Set.copyOf(List.of(cell.strip().split("\\|")));
                if (!fact.get().possible().containsAll(values)) {
                    throw row.fault(column + " is one of "
                            + String.join(", ", fact.get().possible()));
                }
                cells.put(fact.get(), values);
            }
        });
        String advice = row.get(ADVICE).strip();
        if (advice.isEmpty() || !BodyText.fitted(advice, LONGEST_ADVICE).equals(advice)) {
            throw row.fault(ADVICE + " has 1 to " + LONGEST_ADVICE + " bytes in GBK");
        }
        return new Rule(verdict(row), cells, advice);
    }

    private static Verdict verdict(CodeTable.Row row) {
        for (Verdict verdict : Verdict.values()) {
            if (verdict.name().equals(row.get(VERDICT))) {
                return verdict;
            }
        }
        throw row.fault(VERDICT + " is one of " + List.of(Verdict.values()));
    }
}
