package org.relayhub.delivery.lane;

import org.jspecify.annotations.Nullable;
import org.relayhub.message.InterBossDocument;

/** What came of a call to a party. */
public sealed interface PeerAnswer {

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
    }

    /** The call was not made: the party is being left alone. */
    record NotTried(String code, String reason) implements PeerAnswer {}
}
