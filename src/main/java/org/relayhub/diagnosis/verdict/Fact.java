package org.relayhub.diagnosis.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the rules of {@code diagnosis-rules.csv} may ask about, a column each. A source that did not answer in time leaves
 * {@code UNKNOWN}.
 */
public enum Fact {
    /** Of what was ordered, at BOSS. */
    INSTALLATION("COMPLETED", "IN_PROGRESS", Fact.UNKNOWN),
    /** On the network's side of the line. */
    NETWORK_SIDE("UP", "DEGRADED", "DOWN", Fact.UNKNOWN),
    /** The gravest alarm that is active on the line or in its area. */
    ALARM("CRITICAL", "MAJOR", "MINOR", "WARNING", Fact.NONE),
    /** Whether BOSS and the platform of the service type say the same of the subscription. */
    SUBSCRIPTION("SAME", "DIFFERENT", Fact.UNKNOWN),
    /** The subscriber, at BOSS. */
    SUBSCRIBER("ACTIVE", "SUSPENDED", "CLOSED", Fact.UNKNOWN),
    /** On the customer's side of the line. */
    CUSTOMER_SIDE("UP", "DOWN", Fact.UNKNOWN);

    public static final String UNKNOWN = "UNKNOWN";
    public static final String NONE = "NONE";

    private final List<String> values;

    Fact(String... values) {
        this.values = List.of(values);
    }

    /** What it may be. */
    List<String> possible() {
        return values;
    }

    /** The name of its column. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Fact> ofColumn(String column) {
        return Arrays.stream(values())
                .filter(fact -> fact.column().equals(column))
                .findFirst();
    }
}
