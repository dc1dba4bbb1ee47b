package org.relayhub.operations.desk;

/** Why a delivery is not under way, or that it is. */
public enum Hold {
    /** It was tried for so long that the hub has given up: a dead letter. */
    GIVEN_UP,
    /** An operator has suspended its party. */
    SUSPENDED,
    /** An earlier message of its ticket to the same party goes first. */
    BEHIND,
    /** A hub is trying it now. */
    BEING_TRIED,
    /** The party has failed so often that it is left alone for a while. */
    CIRCUIT_OPEN,
    /** It was not tried yet, and is due. */
    DUE,
    /** It was tried, and will be again. */
    NEXT_TRY;

    /** The first that applies to a delivery that waits. */
    static Hold of(boolean suspended, boolean behind, boolean claimed, boolean circuitOpen, boolean tried) {
        if (suspended) {
            return SUSPENDED;
        }
        if (behind) {
            return BEHIND;
        }
        if (claimed) {
            return BEING_TRIED;
        }
        if (circuitOpen) {
            return CIRCUIT_OPEN;
        }
        return tried ? NEXT_TRY : DUE;
    }
}
