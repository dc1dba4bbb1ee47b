package org.relayhub.operations.jmx;

/** Why an operator does something: what the audit keeps. */
final class Reasons {

    private static final int LONGEST = 500;

    private Reasons() {}

    /** @throws IllegalArgumentException if there is none, or it is too long */
    static void require(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("A reason is wanted.");
        }
        allow(reason);
    }

    /** @throws IllegalArgumentException if it is too long */
    static void allow(String reason) {
        if (reason.length() > LONGEST) {
            throw new IllegalArgumentException("A reason has at most " + LONGEST + " characters.");
        }
    }
}
