package org.relayhub.standalone.simulation.line;

import org.relayhub.message.Party;

/** A way from a party to the hub: one for each transport by which parties are connected. */
public interface HubLine {

    /**
     * Sends a document in the party's name and judges the answer.
     *
     * @param document in the form in which the party sends
     * @throws InterruptedException if the hub is being stopped
     */
    Outcome send(Party party, String document) throws InterruptedException;
}
