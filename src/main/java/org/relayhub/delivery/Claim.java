package org.relayhub.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.Trail;

/**
 * A delivery that this hub holds until its lease runs out.
 *
 * @param token which claim of the delivery this is; only the latest may settle it
 * @param attempts how often it was tried before
 * @param document the message in canonical form
 * @param trail what log lines say of the message
 * @param receivedAt when the hub accepted the message
 * @param test whether the message is none of the business
 */
record Claim(
        long deliveryId,
        int token,
        int attempts,
        long serial,
        Party party,
        Activity activity,
        String document,
        Trail trail,
        Instant receivedAt,
        boolean test) {

    /** A claim as a statement returns it. */
    static Claim of(ResultSet row, int number) throws SQLException {
        return new Claim(
                row.getLong("delivery_id"),
                row.getInt("claims"),
                row.getInt("attempts"),
                row.getLong("serial"),
                Party.of(row.getString("party")),
                Activity.of(row.getString("activity")),
                row.getString("document"),
                new Trail(row.getString("indict_seq"), row.getString("trans_ido")),
                row.getTimestamp("received_at").toInstant(),
                row.getBoolean("test"));
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
