package org.relayhub.delivery.lane;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Fault;
import org.relayhub.message.InterBossDocument;

/** What came of a call to a party. */
public sealed interface PeerAnswer {

    /** Why there is no answer of the party, with a code of the hub's; empty if there is one, or a broker has it. */
    default Optional<Fault> failure() {
        return Optional.empty();
    }

    /** Whether the party may have the document, be it that nobody knows. */
    default boolean mayBeKnown() {
        return true;
    }

    /** The party answered. */
    record Answered(InterBossDocument document) implements PeerAnswer {

        /** The party's own serial; null if it gave none. */
        public @Nullable String transIdh() {
            return document.header().transIdh();
        }
    }

    /** A broker has stored the message for the party, which may answer later. */
    record Stored() implements PeerAnswer {}

    /**
     * The call failed on its way.
     *
     * @param mayHaveIt whether the party may have the document all the same
     */
    record Failed(String code, String reason, boolean mayHaveIt) implements PeerAnswer {

        /** A call that failed when the party may have had the document. */
        Failed(String code, String reason) {
            this(code, reason, true);
        }

        @Override
        public Optional<Fault> failure() {
            return Optional.of(new Fault(code, reason));
        }

        @Override
        public boolean mayBeKnown() {
            return mayHaveIt;
        }
    }

    /** The call was not made: the party is being left alone. */
    record NotTried(String code, String reason) implements PeerAnswer {

        @Override
        public Optional<Fault> failure() {
            return Optional.of(new Fault(code, reason));
        }

        @Override
        public boolean mayBeKnown() {
            return false;
        }
    }
}
