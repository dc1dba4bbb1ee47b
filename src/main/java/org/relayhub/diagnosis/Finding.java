package org.relayhub.diagnosis;

import org.relayhub.message.Party;

/**
 * What one source said, or that it said nothing: contract, DiagnoseRsp.
 *
 * @param key what it is about, as in {@code NetworkSide}
 * @param value what was said, or why nothing was
 */
public record Finding(Party source, Outcome outcome, String key, String value) {

    /** Whether the source has answered. */
    public enum Outcome {
        OK,
        TIMEOUT,
        ERROR
    }
}
