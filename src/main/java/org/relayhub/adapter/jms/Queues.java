package org.relayhub.adapter.jms;

import org.relayhub.message.Party;

/** The queues of the contract. */
final class Queues {

    /** What cannot be read at all. */
    static final String INVALID = "hub.invalid";

    private static final String OURS = "hub.";

    /** Artemis takes what is behind it for the queue's name, whatever the address is. */
    private static final String QUEUE_OF_AN_ADDRESS = "::";

    private Queues() {}

    /** Where a party sends its documents. */
    static String in(Party party) {
        return OURS + "in." + party;
    }

    /** Where a party is sent documents. */
    static String out(Party party) {
        return OURS + "out." + party;
    }

    /**
     * Whether a party may have its answers sent to a queue: to its own, or to one that is none of the contract's, such as
     * a temporary one. The hub may send to every party's queue, and must not do so in the name of another.
     */
    static boolean mayBeAnsweredAt(Party party, String queue) {
        return queue.equals(out(party)) || !(queue.startsWith(OURS) || queue.contains(QUEUE_OF_AN_ADDRESS));
    }
}
