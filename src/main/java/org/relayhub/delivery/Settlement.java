package org.relayhub.delivery;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.trace.SpanNames;

/**
 * What became of one try.
 *
 * @param at when the try began
 * @param took how long it took
 * @param transIdh the party's serial; null if it gave none
 */
public record Settlement(
        Claim claim,
        Result result,
        String code,
        String description,
        @Nullable String transIdh,
        Instant at,
        Duration took) {

    /** What becomes of a delivery. */
    enum Result {
        /** The party has it. */
        DELIVERED("delivered", false),
        /** It is tried again later; the database makes a dead letter of it when its time is over. */
        RETRY("retrying", true),
        /** The party refused it for good, and the ticket went back to its sender. */
        RETURNED("refused", false),
        /** The party refused it for good; an operator decides. Later messages of the leg need not wait. */
        REFUSED("dead", false),
        /** The party was left alone: not a try. */
        NOT_TRIED("pending", true);

        private final String state;
        private final boolean holds;

        Result(String state, boolean holds) {
            this.state = state;
            this.holds = holds;
        }

        String state() {
            return state;
        }

        boolean holds() {
            return holds;
        }

        boolean tried() {
            return this != NOT_TRIED;
        }
    }

    /** The same result, once the refused ticket has gone back to its sender. */
    public Settlement returned() {
        return new Settlement(claim, Result.RETURNED, code, description, transIdh, at, took);
    }

    /** Whether the party said no, and saying it again would not help. */
    public boolean isRefused() {
        return result == Result.REFUSED;
    }

    /** Has the span of the try say what came of it. */
    void tell(Span span) {
        span.setAttribute(SpanNames.RSP_CODE, code).setAttribute(SpanNames.STATE, result.state());
        if (result != Result.DELIVERED) {
            // Without the party's words, which may name a customer.
            span.setStatus(StatusCode.ERROR);
        }
    }

    public long serial() {
        return claim.serial();
    }

    public long deliveryId() {
        return claim.deliveryId();
    }

    /** Which claim of the delivery was tried. */
    public int token() {
        return claim.token();
    }

    public Party party() {
        return claim.party();
    }

    /** Without the party's words, which may name a customer: exceptions repeat it, and they are logged. */
    @Override
    public String toString() {
        return "Settlement[" + claim + " " + code + "]";
    }
}
