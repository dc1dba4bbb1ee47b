package org.relayhub.ticket;

import java.time.Instant;
import java.util.List;
import org.relayhub.message.Party;

/**
 * A complaint on its way, as the ledger knows it.
 *
 * @param origin the party that dispatched it first
 * @param legs its hops between two parties, oldest first; never empty
 */
public record Ticket(
        String indictSeq,
        Party origin,
        boolean test,
        String svcTypeId,
        String msisdn,
        Instant createdAt,
        Instant updatedAt,
        List<Leg> legs) {

    /** Where the ticket stands for the party that dispatched it first: the state of that party's leg. */
    public LegState status() {
        return legs.stream()
                .filter(leg -> leg.upstream().equals(origin))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** The party that has the ticket now: from the origin down every leg that is dispatched. */
    public Party currentNode() {
        Party node = origin;
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Leg leg : legs) {
                if (leg.upstream().equals(node) && leg.state() == LegState.DISPATCHED) {
                    node = leg.downstream();
                    moved = true;
                    break;
                }
            }
        }
        return node;
    }
}
