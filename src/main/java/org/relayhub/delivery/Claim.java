package org.relayhub.delivery;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.Trail;
import org.relayhub.trace.SpanNames;
import org.relayhub.trace.Traceparent;

/**
 * A delivery that this hub holds until its lease runs out.
 *
 * @param story what it belongs to in the ledger: its ticket, or its message where that is about none
 * @param token which claim of the delivery this is; only the latest may settle it
 * @param attempts how often it was tried before
 * @param document the message in canonical form
 * @param trail what log lines say of the message
 * @param traceparent the span that has booked the message; null where it was not traced
 * @param receivedAt when the hub accepted the message
 * @param test whether the message is none of the business
 */
record Claim(
        long deliveryId,
        String story,
        int token,
        int attempts,
        long serial,
        Party party,
        Activity activity,
        String document,
        Trail trail,
        @Nullable String traceparent,
        Instant receivedAt,
        boolean test) {

    /** A claim as a statement returns it. */
    static Claim of(ResultSet row, int number) throws SQLException {
        return new Claim(
                row.getLong("delivery_id"),
                row.getString("story"),
                row.getInt("claims"),
                row.getInt("attempts"),
                row.getLong("serial"),
                Party.of(row.getString("party")),
                Activity.of(row.getString("activity")),
                row.getString("document"),
                new Trail(row.getString("indict_seq"), row.getString("trans_ido")),
                row.getString("traceparent"),
                row.getTimestamp("received_at").toInstant(),
                row.getBoolean("test"));
    }

    /** Begins the span of a try, which continues the message's trace. */
    Span begin(Tracer tracer) {
        return tracer.spanBuilder("deliver " + activity.label())
                .setSpanKind(SpanKind.CLIENT)
                .setParent(Traceparent.read(traceparent))
                .setAttribute(SpanNames.PARTY, party.toString())
                .setAttribute(SpanNames.TRY, (long) attempts + 1)
                .startSpan();
    }

    /** The hub's serial of the message, the same on every try. */
    String transIdc() {
        return Serial.of(serial);
    }

    /** Without the document, which may name a customer. */
    @Override
    public String toString() {
        return "Claim[delivery " + deliveryId + " to " + party + "]";
    }
}
