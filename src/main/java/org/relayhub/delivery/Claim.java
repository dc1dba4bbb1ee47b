package org.relayhub.delivery;

import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;

/**
 * A delivery that this hub holds until its lease runs out.
 *
 * @param token which claim of the delivery this is; only the latest may settle it
 * @param attempts how often it was tried before
 * @param document the message in canonical form
 */
record Claim(long deliveryId, int token, int attempts, long serial, Party party, Activity activity, String document) {

    /** The hub's serial of the message, the same on every try. */
    String transIdc() {
        return Serial.of(serial);
    }
}
