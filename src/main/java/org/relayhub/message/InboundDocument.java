package org.relayhub.message;

import org.jspecify.annotations.Nullable;

/**
 * A document that an adapter has taken in.
 *
 * @param transport how it came, as in {@code soap}
 * @param identity the user that the caller has proved to be; null where the transport knows none
 */
public record InboundDocument(
        InterBossDocument document,
        String transport,
        @Nullable String identity) {

    /** Whether it came off a queue, where it stays as long as it is not answered. */
    public boolean isQueued() {
        return transport.equals("jms");
    }

    /** Whether it answers something that the hub has sent. */
    public boolean isAnswer() {
        return !document.header().request();
    }
}
