package org.relayhub.ticket;

import java.time.Instant;
import java.util.List;
import org.relayhub.message.Party;

/**
 * A ticket as the ledger has it.
 *
 * @param origin the party that dispatched it first
 * @param test whether its first dispatch was a test
 * @param msisdn the customer's number: personal data
 * @param archived whether its story is in the archive
 * @param legs its hops, oldest first; at least one
 */
public record Ticket(
        String indictSeq,
        Party origin,
        boolean test,
        String svcTypeId,
        String msisdn,
        Instant createdAt,
        Instant updatedAt,
        boolean archived,
        List<Leg> legs) {

    public Ticket {
        legs = List.copyOf(legs);
    }

    /** The leg by which the ticket came to the hub: the origin's own. */
    public Leg firstLeg() {
        return legs.stream()
                .filter(leg -> leg.upstream().equals(origin))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("ticket " + indictSeq + " has no leg of its origin"));
    }

    /** Where it stands for its origin. */
    public LegState status() {
        return firstLeg().state();
    }

    /** Who has it now: where the chain of dispatched legs that begins at the origin ends. */
    public Party currentNode() {
        Party node = origin;
        // No chain is longer than there are legs, even if they should form a circle.
        for (int step = 0; step < legs.size(); step++) {
            Party next = handedTo(node);
            if (next.equals(node)) {
                break;
            }
            node = next;
        }
        return node;
    }

    /** Whom a party has handed the ticket to last and not had it back from; the party itself if there is nobody. */
    private Party handedTo(Party node) {
        Party next = node;
        for (Leg leg : legs) {
            if (leg.upstream().equals(node) && leg.state() == LegState.DISPATCHED) {
                next = leg.downstream();
            }
        }
        return next;
    }
}
