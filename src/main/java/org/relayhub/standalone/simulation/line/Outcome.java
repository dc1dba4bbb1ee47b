package org.relayhub.standalone.simulation.line;

import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Response;
import org.relayhub.message.codes.ResponseCodes;

/**
 * What came of sending a document to the hub.
 *
 * @param reason the code of the answer and its words, or why there is none; holds no value of the document
 */
public record Outcome(Verdict verdict, String reason) {

    /** Whether the hub has taken a document. */
    public enum Verdict {
        ACCEPTED,
        /** No answer, or one that another try may better. */
        TRY_AGAIN,
        REFUSED
    }

    /** What the hub's answer means. */
    static Outcome of(InterBossDocument answer, ResponseCodes codes) {
        Response response = answer.response();
        if (response == null) {
            return new Outcome(Verdict.TRY_AGAIN, "the answer has no Response");
        }
        String code = response.rspCode();
        String reason = code + " " + response.rspDesc();
        if (code.equals(ResponseCodes.SUCCESS)) {
            return new Outcome(Verdict.ACCEPTED, reason);
        }
        boolean retry = codes.of(code, response.rspType()).retry();
        return new Outcome(retry ? Verdict.TRY_AGAIN : Verdict.REFUSED, reason);
    }
}
