package org.relayhub.oracle;

/** What became of a message that was acknowledged. */
enum Fate {
    /** Its party has got it, be it several times, and it took effect once. */
    DELIVERED_ONCE(true),
    /** It was given up, and an operator sees it. */
    DEAD_LETTER(true),
    /** Nobody has got it, and nobody sees it. */
    LOST(false),
    /** It was booked, or passed on, as if it were several messages. */
    DOUBLED(false),
    /** Its party has got it after one that was acknowledged later, about the same ticket on the same leg. */
    OUT_OF_ORDER(false),
    /** Its party has got it, and nobody has sent it. */
    INVENTED(false);

    private final boolean kept;

    Fate(boolean kept) {
        this.kept = kept;
    }

    /** Whether the hub has kept its promise. */
    boolean isKept() {
        return kept;
    }
}
