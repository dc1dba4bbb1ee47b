package org.relayhub.directory;

import org.relayhub.message.Party;

/** The queues of the contract at the broker of the JMS parties. */
public final class Queues {

    /** What all of them begin with. */
    public static final String OURS = "hub.";

    /** What a party's door begins with. */
    public static final String IN = OURS + "in.";

    /** What the queue that a party reads begins with. */
    public static final String OUT = OURS + "out.";

    /** Where messages go that cannot be read at all. */
    public static final String INVALID = OURS + "invalid";

    /** Artemis takes what is behind it for the queue's name, whatever the address is. */
    private static final String QUEUE_OF_AN_ADDRESS = "::";

    private Queues() {}

    /** Where a party sends its documents. */
    public static String in(Party party) {
        return IN + party;
    }

    /** Where a party is sent documents. */
    public static String out(Party party) {
        return OUT + party;
    }

    /**
     * Whether a party may have its answers sent to a queue: to its own, or to one that is none of the contract's, such as
     * a temporary one. The hub may send to every party's queue, and must not do so in the name of another.
     */
    public static boolean mayBeAnsweredAt(Party party, String queue) {
        return queue.equals(out(party)) || !(queue.startsWith(OURS) || queue.contains(QUEUE_OF_AN_ADDRESS));
    }
}
