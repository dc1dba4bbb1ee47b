package org.relayhub.operations.desk;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why an operator does something: what the audit keeps. */
public final class Reasons {

    /** How many characters one has at most. */
    public static final int LONGEST = 500;

    private Reasons() {}

    /** A reason, without blanks around it; empty if there is none, or it is too long. */
    public static Optional<String> given(@Nullable String reason) {
        return Optional.ofNullable(reason).map(String::strip).filter(said -> !said.isEmpty() && isAllowed(said));
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
