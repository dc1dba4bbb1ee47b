package org.relayhub.standalone.simulation.peer;

import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.codes.ResponseCodes;

/**
 * How a peer answers.
 *
 * @param code a code of {@code response-codes.csv}
 * @param description empty for the code's own words
 * @param body the answer's body; null where it has none
 * @param late whether the answer comes too late for whoever waits for it
 */
public record Reaction(
        String code, String description, @Nullable Body body, boolean late) {

    /** A peer that fails forgets: what it was sent has no effect, and may be sent again. */
    private static final String FAILED = "0113";

    public static Reaction accepted() {
        return new Reaction(ResponseCodes.SUCCESS, "", null, false);
    }

    public static Reaction answered(Body body) {
        return new Reaction(ResponseCodes.SUCCESS, "", body, false);
    }

    public static Reaction refused(String code, String description) {
        return new Reaction(code, description, null, false);
    }

    static Reaction unknownTicket() {
        return refused(ResponseCodes.UNKNOWN_TICKET, "IndictSeq: not known here");
    }

    public static Reaction failed() {
        return refused(FAILED, "the simulated system fails now and then");
    }

    public Reaction tooLate() {
        return new Reaction(code, description, body, true);
    }

    /** Whether the peer has forgotten the message with its answer. */
    public boolean forgotten() {
        return code.equals(FAILED);
    }
}
