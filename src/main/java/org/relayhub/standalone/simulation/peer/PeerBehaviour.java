package org.relayhub.standalone.simulation.peer;

import java.time.Instant;

/** What one kind of peer does. Every method is called within a transaction of its own. */
public sealed interface PeerBehaviour permits Crm, Relay, SecondLine {

    /** A message has come; the transaction remembers it. */
    Reaction on(Incoming message);

    /** The hub has accepted what the peer sent. */
    void sent(PlannedActions.Action action, Instant now);

    /**
     * The hub has refused for good what the peer wanted to send.
     *
     * @param reason the code and its words
     */
    void refused(PlannedActions.Action action, String reason, Instant now);
}
