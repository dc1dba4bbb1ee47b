package org.relayhub.message;

import org.jspecify.annotations.Nullable;

/**
 * How a request is answered.
 *
 * @param code a code of {@code response-codes.csv}
 * @param transIdh the serial of whoever answers: the hub's, or of a synchronous activity the home party's
 * @param transIdhTime when, {@code yyyyMMddHHmmss} in China time
 * @param body the answer's body; null where it has none
 */
public record Answer(
        String code,
        String description,
        String transIdh,
        String transIdhTime,
        @Nullable Body body) {}
