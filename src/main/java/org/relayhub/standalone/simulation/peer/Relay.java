package org.relayhub.standalone.simulation.peer;

import java.time.Instant;
import java.util.Optional;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.codes.ResponseCodes;

/**
 * A system of the first line that hands tickets on, and passes what comes about them up and down. What it hands to
 * nobody it handles itself.
 */
final class Relay implements PeerBehaviour {

    /** Whom a ticket is for, by its dispatch. */
    interface Sorting {
        /** The party to hand it to; the relay itself where it handles the ticket. */
        Party next(Body dispatch);
    }

    private final Sorting sorting;
    private final SecondLine own;
    private final Holdings holdings;
    private final PlannedActions planned;

    Relay(Sorting sorting, SecondLine own, Holdings holdings, PlannedActions planned) {
        this.sorting = sorting;
        this.own = own;
        this.holdings = holdings;
        this.planned = planned;
    }

    @Override
    public Reaction on(Incoming message) {
        return switch (message.activity()) {
            case DISPATCH -> dispatched(message);
            case QUERY -> queried(message);
            case REPLY, RETURN -> answered(message);
            case COMMENT -> commented(message);
            default ->
                holdings.from(message.sender(), message.self(), message.indictSeq())
                        .map(holding -> orderedFromAbove(holding, message))
                        .orElseGet(Reaction::unknownTicket);
        };
    }

    private Reaction dispatched(Incoming message) {
        if (message.sender().equals(Party.HUB)) {
            // A probe of the link to this peer: nothing for another party.
            return own.on(message);
        }
        Optional<Holding> held = holdings.from(message.sender(), message.self(), message.indictSeq());
        Party next = sorting.next(message.body());
        held.map(Holding::downstream)
                .filter(former -> !former.equals(next))
                .ifPresent(former -> send(message, former, Activity.ARCHIVE, closing(message)));
        if (next.equals(message.self())) {
            return own.on(message);
        }
        Holding holding = held.map(former -> former.handedTo(next))
                .orElseGet(() -> new Holding(
                        message.self(),
                        message.indictSeq(),
                        message.sender(),
                        next,
                        Holding.State.DISPATCHED,
                        1,
                        0,
                        0,
                        message.test(),
                        null));
        holdings.put(holding, message.at());
        send(message, next, Activity.DISPATCH, message.body());
        return Reaction.accepted();
    }

    private static Body closing(Incoming message) {
        return PeerBodies.archive(message.self(), message.indictSeq(), "工单已改派其他部门处理,本段归档。", message.at());
    }

    /** Urge, reprocess and archive go the way that the dispatch went. */
    private Reaction orderedFromAbove(Holding holding, Incoming message) {
        Party downstream = holding.downstream();
        if (downstream == null) {
            return own.on(message);
        }
        Holding next =
                switch (message.activity()) {
                    case URGE -> holding.urged();
                    case REPROCESS -> holding.nextRound();
                    case ARCHIVE -> holding.moved(Holding.State.ARCHIVED);
                    default -> null;
                };
        if (next == null) {
            return Reaction.refused(ResponseCodes.LINK_WITHOUT_ACTIVITY, "ActivityCode: not handled here");
        }
        holdings.put(next, message.at());
        send(message, downstream, message.activity(), message.body());
        return Reaction.accepted();
    }

    /** A result goes up as it came. */
    private Reaction answered(Incoming message) {
        Optional<Holding> held = holdings.givenTo(message.sender(), message.self(), message.indictSeq());
        if (held.isEmpty()) {
            return Reaction.unknownTicket();
        }
        Holding.State next = message.activity() == Activity.REPLY ? Holding.State.REPLIED : Holding.State.RETURNED;
        holdings.put(held.get().moved(next), message.at());
        send(message, held.get().upstream(), message.activity(), message.body());
        return Reaction.accepted();
    }

    private Reaction commented(Incoming message) {
        if (message.sender().equals(Party.HUB)) {
            // The hub tells the relay of something that could not be delivered: nothing for another party.
            return Reaction.accepted();
        }
        Optional<Holding> fromAbove = holdings.from(message.sender(), message.self(), message.indictSeq());
        if (fromAbove.isPresent()) {
            Party downstream = fromAbove.get().downstream();
            if (downstream != null) {
                send(message, downstream, Activity.COMMENT, message.body());
            }
            return Reaction.accepted();
        }
        return holdings.givenTo(message.sender(), message.self(), message.indictSeq())
                .map(holding -> {
                    send(message, holding.upstream(), Activity.COMMENT, message.body());
                    return Reaction.accepted();
                })
                .orElseGet(Reaction::unknownTicket);
    }

    private Reaction queried(Incoming message) {
        return holdings.any(message.self(), message.indictSeq())
                .map(found -> Reaction.answered(PeerBodies.status(found.holding(), found.updatedAt())))
                .orElseGet(Reaction::unknownTicket);
    }

    private void send(Incoming message, Party to, Activity activity, Body body) {
        planned.plan(
                message.self(), to, message.indictSeq(), activity, message.test(), body, message.at(), message.at());
    }

    @Override
    public void sent(PlannedActions.Action action, Instant now) {
        boolean handledHere = holdings.from(action.home(), action.party(), action.indictSeq())
                .filter(holding -> holding.downstream() == null)
                .isPresent();
        if (handledHere) {
            own.sent(action, now);
        }
    }

    /** A ticket that cannot be handed on goes back. */
    @Override
    public void refused(PlannedActions.Action action, String reason, Instant now) {
        if (action.activity() != Activity.DISPATCH) {
            return;
        }
        holdings.givenTo(action.home(), action.party(), action.indictSeq()).ifPresent(holding -> {
            holdings.put(holding.moved(Holding.State.RETURNED), now);
            planned.plan(
                    holding.party(),
                    holding.upstream(),
                    holding.indictSeq(),
                    Activity.RETURN,
                    holding.test(),
                    PeerBodies.returned(holding.party(), holding.indictSeq(), "无法转派:" + reason, now),
                    now,
                    now);
        });
    }
}
