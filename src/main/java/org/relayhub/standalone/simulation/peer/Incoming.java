package org.relayhub.standalone.simulation.peer;

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
public record Incoming(Party self, Party sender, Activity activity, boolean test, Body body, Instant at) {

    private static final int NUMBER_STARTS = 15;

    /** With this digit begin the numbers of the sample stream's tickets. */
    public static final char SAMPLE = '9';

    /** Whether a ticket is of the sample stream: the seven digits of its number begin with 9. */
    public static boolean isSample(String indictSeq) {
        return indictSeq.charAt(NUMBER_STARTS) == SAMPLE;
    }

    String indictSeq() {
        return body.get("IndictSeq");
    }
}
