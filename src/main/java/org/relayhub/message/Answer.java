package org.relayhub.message;

import org.jspecify.annotations.Nullable;

/**
 * How a request is answered.
 *
 * @param rspType the RspType that a party gave with a code that {@code response-codes.csv} may lack; null for a code of the
 *     hub's own
 * @param code a code of {@code response-codes.csv}, or of the party whose answer is passed on
 * @param transIdh the serial of whoever answers: the hub's, or of a synchronous activity the home party's
 * @param transIdhTime when, {@code yyyyMMddHHmmss} in China time
 * @param body the answer's body; null where it has none
 */
public record Answer(
        @Nullable String rspType,
        String code,
        String description,
        String transIdh,
        String transIdhTime,
        @Nullable Body body) {

    /** An answer of the hub's own. */
    public Answer(String code, String description, String transIdh, String transIdhTime, @Nullable Body body) {
        this(null, code, description, transIdh, transIdhTime, body);
    }

    /** Without what it says, which may name a customer: exceptions repeat it, and they are logged. */
    @Override
    public String toString() {
        return "Answer[" + code + "]";
    }
}
