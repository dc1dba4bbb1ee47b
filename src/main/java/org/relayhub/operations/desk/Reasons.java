package org.relayhub.operations.desk;

import org.jspecify.annotations.Nullable;

/** Why an operator does something: what the audit keeps. */
public final class Reasons {

    /** How many characters one has at most. */
    public static final int LONGEST = 500;

    private Reasons() {}

    /** Whether there is one, and none too long. */
    public static boolean isGiven(@Nullable String reason) {
        return reason != null && !reason.isBlank() && isAllowed(reason);
    }

    /** Whether it is none too long; it may be missing. */
    public static boolean isAllowed(@Nullable String reason) {
        return reason == null || reason.length() <= LONGEST;
    }

    /** @throws IllegalArgumentException if there is none, or it is too long */
    public static void require(String reason) {
        if (reason.isBlank()) {
            throw new IllegalArgumentException("A reason is wanted.");
        }
        allow(reason);
    }

    /** @throws IllegalArgumentException if it is too long */
    public static void allow(String reason) {
        if (!isAllowed(reason)) {
            throw new IllegalArgumentException("A reason has at most " + LONGEST + " characters.");
        }
    }
}
