package org.relayhub.delivery.lane;

import org.relayhub.directory.PartyEntry;

/**
 * A document on its way into a party's lane.
 *
 * @param entry how the party is connected
 * @param document what it is sent, in the form that it wants
 * @param asks whether its own answer is waited for: a question, other than a message, is nothing without it
 */
public record PeerCall(PartyEntry entry, String document, boolean asks) {

    /** The adapter that makes the call, as its file in {@code adapters} is named. */
    public String adapter() {
        return entry.transport() + "-outbound";
    }

    public String party() {
        return entry.party().toString();
    }

    /** Without what it holds, which may name a customer: exceptions repeat it, and they are logged. */
    @Override
    public String toString() {
        return "PeerCall[" + party() + "]";
    }
}
