package org.relayhub.delivery.lane;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Fault;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Response;
import org.relayhub.message.codes.ResponseCodes;

/** What came of a call to a party. */
public sealed interface PeerAnswer {

    /**
     * Why a question was not answered with a body; empty if it was.
     *
     * @param element the body element that answers it
     * @return the party's own code, if it gave one, or the hub's; the description may be the party's words
     */
    Optional<Fault> whyNot(String element);

    /** Whether the party may have the document, be it that nobody knows. */
    boolean mayHaveIt();

    /** Whether the party has refused for good: the same document would be refused again. */
    default boolean isFinalRefusal(ResponseCodes codes) {
        return false;
    }

    /** The party answered. */
    record Answered(InterBossDocument document) implements PeerAnswer {

        /** The party's own serial; null if it gave none. */
        public @Nullable String transIdh() {
            return document.header().transIdh();
        }

        /** How the party answered. */
        public Response response() {
            return Objects.requireNonNull(document.response());
        }

        @Override
        public Optional<Fault> whyNot(String element) {
            if (!response().rspCode().equals(ResponseCodes.SUCCESS)) {
                return Optional.of(
                        Fault.quoting(response().rspCode(), response().rspDesc()));
            }
            if (document.bodyFault() != null) {
                return malformed(
                        "its answer breaks the schema: " + document.bodyFault().description());
            }
            return document.body() == null || !document.body().element().equals(element)
                    ? malformed("its answer has no " + element)
                    : Optional.empty();
        }

        private static Optional<Fault> malformed(String why) {
            return Optional.of(new Fault(ResponseCodes.MALFORMED_ANSWER, why));
        }

        @Override
        public boolean mayHaveIt() {
            return true;
        }

        @Override
        public boolean isFinalRefusal(ResponseCodes codes) {
            ResponseCodes.Row row = codes.of(response().rspCode(), response().rspType());
            return !row.retry() && !row.code().equals(ResponseCodes.SUCCESS);
        }
    }

    /** A broker has stored the message for the party, which may answer later. */
    record Stored() implements PeerAnswer {

        @Override
        public Optional<Fault> whyNot(String element) {
            return Optional.of(new Fault(ResponseCodes.PEER_TIMEOUT, "no answer yet"));
        }

        @Override
        public boolean mayHaveIt() {
            return true;
        }
    }

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
        public Optional<Fault> whyNot(String element) {
            return Optional.of(new Fault(code, reason));
        }
    }

    /** The call was not made: the party is being left alone. */
    record NotTried(String code, String reason) implements PeerAnswer {

        @Override
        public Optional<Fault> whyNot(String element) {
            return Optional.of(new Fault(code, reason));
        }

        @Override
        public boolean mayHaveIt() {
            return false;
        }
    }
}
