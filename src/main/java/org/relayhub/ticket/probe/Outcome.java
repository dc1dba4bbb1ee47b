package org.relayhub.ticket.probe;

import java.util.Locale;

/** What a probe came to. */
public enum Outcome {
    /** The party has taken the test ticket, answered it, and taken its closing. */
    OK,
    /** The party could not be reached in time. */
    NOT_TAKEN,
    /** The party has refused the test ticket. */
    REFUSED,
    /** The party has taken the test ticket, and no answer has come in time. */
    NOT_ANSWERED,
    /** The party has answered, and not taken the closing in time. */
    NOT_CLOSED;

    /** As in metrics and pages. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
