package org.relayhub.standalone.simulation.peer;

import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;

/**
 * What one peer knows of one ticket.
 *
 * @param upstream who gave it the ticket; the party itself, where the ticket begins with it
 * @param downstream whom it gave the ticket to; null where it handles the ticket itself
 * @param corrections how often it corrected a returned dispatch
 * @param dispatch the dispatch in canonical form; only where the ticket begins with the party
 */
public record Holding(
        Party party,
        String indictSeq,
        Party upstream,
        @Nullable Party downstream,
        State state,
        int round,
        int urges,
        int corrections,
        boolean test,
        @Nullable String dispatch) {

    /** The states of a leg that the contract names. */
    public enum State {
        DISPATCHED,
        REPLIED,
        RETURNED,
        ARCHIVED
    }

    Holding moved(State next) {
        return new Holding(party, indictSeq, upstream, downstream, next, round, urges, corrections, test, dispatch);
    }

    Holding nextRound() {
        return new Holding(
                party,
                indictSeq,
                upstream,
                downstream,
                State.DISPATCHED,
                round + 1,
                urges,
                corrections,
                test,
                dispatch);
    }

    Holding urged() {
        return new Holding(
                party, indictSeq, upstream, downstream, state, round, urges + 1, corrections, test, dispatch);
    }

    Holding corrected() {
        return new Holding(
                party,
                indictSeq,
                upstream,
                downstream,
                State.DISPATCHED,
                round,
                urges,
                corrections + 1,
                test,
                dispatch);
    }

    /** Handed on anew, after a return, to whom its content now belongs. */
    Holding handedTo(@Nullable Party next) {
        return new Holding(
                party, indictSeq, upstream, next, State.DISPATCHED, round, urges, corrections, test, dispatch);
    }
}
