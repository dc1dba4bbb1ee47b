package org.relayhub.standalone.simulation.service;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is the matter with a number or line, by the two digits that it ends in: docs/operations.md has the table. */
enum Script {
    NO_HISTORY("00"),
    NOT_INSTALLED("01"),
    NETWORK_DOWN("02"),
    PLATFORMS_DISAGREE("03"),
    SUSPENDED("04"),
    CUSTOMER_DOWN("05"),
    NETWORK_DEGRADED("12"),
    ORDINARY("");

    private static final int DIGITS = 2;
    private static final Map<String, Script> BY_ENDING =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(script -> script.ending, Function.identity()));

    private final String ending;

    Script(String ending) {
        this.ending = ending;
    }

    /** @param number a phone number, or a line's, which need not be of digits */
    static Script of(String number) {
        String end = number.substring(Math.max(0, number.length() - DIGITS));
        return BY_ENDING.getOrDefault(end, ORDINARY);
    }
}
