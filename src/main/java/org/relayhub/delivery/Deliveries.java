package org.relayhub.delivery;

import io.opentelemetry.api.trace.Span;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.ExchangeProperty;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Response;
import org.relayhub.message.Trail;
import org.relayhub.message.codes.ResponseCodes;

/** The steps of the route {@code delivery}: from a claim to a call, and from an answer to what becomes of the message. */
public final class Deliveries {

    private final Directory directory;
    private final ResponseCodes codes;
    private final Clock clock;

    public Deliveries(Directory directory, ResponseCodes codes, Clock clock) {
        this.directory = directory;
        this.codes = codes;
        this.clock = clock;
    }

    /** The call that delivers a claimed message. */
    public PeerCall call(Claim claim) {
        PartyEntry entry = directory.get(claim.party());
        return new PeerCall(entry, entry.form().render(claim.document(), claim.transIdc()), false);
    }

    /** The trail of an answer that has come late: that of the message which it answers. */
    public Trail trail(@ExchangeProperty("claim") Claim claim) {
        return claim.trail().within(Span.current());
    }

    /** When a try begins. */
    public Instant now() {
        return clock.instant();
    }

    /** What becomes of the message, by the answer and {@code response-codes.csv}. */
    public Settlement judge(
            PeerAnswer answer, @ExchangeProperty("claim") Claim claim, @ExchangeProperty("began") Instant began) {
        Duration took = Duration.between(began, clock.instant());
        if (answer instanceof PeerAnswer.Answered answered) {
            Response response = answered.document().response();
            if (response == null) {
                throw new IllegalArgumentException("an answer without a response");
            }
            ResponseCodes.Row row = codes.of(response.rspCode(), response.rspType());
            Settlement.Result result = row.code().equals(ResponseCodes.SUCCESS)
                    ? Settlement.Result.DELIVERED
                    : row.retry() ? Settlement.Result.RETRY : Settlement.Result.REFUSED;
            return new Settlement(claim, result, row.code(), response.rspDesc(), answered.transIdh(), began, took);
        }
        if (answer instanceof PeerAnswer.Failed failed) {
            return new Settlement(claim, Settlement.Result.RETRY, failed.code(), failed.reason(), null, began, took);
        }
        if (answer instanceof PeerAnswer.Stored) {
            return new Settlement(
                    claim,
                    Settlement.Result.DELIVERED,
                    ResponseCodes.SUCCESS,
                    "stored by the broker",
                    null,
                    began,
                    took);
        }
        var notTried = (PeerAnswer.NotTried) answer;
        return new Settlement(
                claim, Settlement.Result.NOT_TRIED, notTried.code(), notTried.reason(), null, began, took);
    }
}
