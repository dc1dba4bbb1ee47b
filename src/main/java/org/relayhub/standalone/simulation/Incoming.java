package org.relayhub.standalone.simulation;

import java.time.Instant;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Party;

/**
 * A message about a ticket that a peer has not seen before.
 *
 * @param self the peer
 * @param at when it came
 */
record Incoming(Party self, Party sender, Activity activity, boolean test, Body body, Instant at) {

    String indictSeq() {
        return body.get("IndictSeq");
    }
}
