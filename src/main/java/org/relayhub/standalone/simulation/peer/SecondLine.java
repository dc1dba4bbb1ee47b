package org.relayhub.standalone.simulation.peer;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.codes.ResponseCodes;

/** A system that handles tickets: it replies after a while, or, at the rates of the settings, returns, fails or hangs. */
final class SecondLine implements PeerBehaviour {

    private final Holdings holdings;
    private final PlannedActions planned;
    private final SimulationSettings settings;
    private final RandomGenerator random;

    SecondLine(Holdings holdings, PlannedActions planned, SimulationSettings settings, RandomGenerator random) {
        this.holdings = holdings;
        this.planned = planned;
        this.settings = settings;
        this.random = random;
    }

    @Override
    public Reaction on(Incoming message) {
        boolean sample = Incoming.isSample(message.indictSeq());
        if (random.nextDouble() < settings.failures(sample)) {
            return Reaction.failed();
        }
        Reaction reaction = handle(message, sample);
        return random.nextDouble() < settings.timeouts(sample) ? reaction.tooLate() : reaction;
    }

    private Reaction handle(Incoming message, boolean sample) {
        Optional<Holding> held = holdings.from(message.sender(), message.self(), message.indictSeq());
        if (message.activity() == Activity.DISPATCH) {
            return dispatched(message, held, sample);
        }
        if (message.activity() == Activity.COMMENT && message.sender().equals(Party.HUB)) {
            // The hub tells of something that was refused for good.
            return Reaction.accepted();
        }
        if (held.isEmpty()) {
            return Reaction.unknownTicket();
        }
        Holding holding = held.get();
        return switch (message.activity()) {
            case URGE -> kept(holding.urged(), message);
            case COMMENT -> Reaction.accepted();
            case REPROCESS -> {
                Holding again = holding.nextRound();
                reply(again, message);
                yield kept(again, message);
            }
            case ARCHIVE -> kept(holding.moved(Holding.State.ARCHIVED), message);
            default -> Reaction.refused(ResponseCodes.LINK_WITHOUT_ACTIVITY, "ActivityCode: not handled here");
        };
    }

    private Reaction dispatched(Incoming message, Optional<Holding> held, boolean sample) {
        Holding holding = held.map(former -> former.handedTo(null))
                .orElseGet(() -> new Holding(
                        message.self(),
                        message.indictSeq(),
                        message.sender(),
                        null,
                        Holding.State.DISPATCHED,
                        1,
                        0,
                        0,
                        message.test(),
                        null));
        if (random.nextDouble() < settings.returns(sample)) {
            plan(
                    holding,
                    Activity.RETURN,
                    PeerBodies.returned(
                            message.self(),
                            message.indictSeq(),
                            "工单信息不完整:请补充扣费时间和扣费金额后重新派发。",
                            message.at().plus(settings.replyAfter())),
                    message);
            return kept(holding, message);
        }
        reply(holding, message);
        return kept(holding, message);
    }

    private void reply(Holding holding, Incoming message) {
        plan(
                holding,
                Activity.REPLY,
                PeerBodies.reply(
                        message.self(),
                        message.indictSeq(),
                        holding.round(),
                        message.at().plus(settings.replyAfter())),
                message);
    }

    private void plan(Holding holding, Activity activity, Body body, Incoming message) {
        planned.plan(
                holding.party(),
                holding.upstream(),
                holding.indictSeq(),
                activity,
                holding.test(),
                body,
                message.at(),
                message.at().plus(settings.replyAfter()));
    }

    private Reaction kept(Holding holding, Incoming message) {
        holdings.put(holding, message.at());
        return Reaction.accepted();
    }

    @Override
    public void sent(PlannedActions.Action action, Instant now) {
        Holding.State next = action.activity() == Activity.RETURN ? Holding.State.RETURNED : Holding.State.REPLIED;
        holdings.from(action.home(), action.party(), action.indictSeq())
                .filter(holding -> holding.state() == Holding.State.DISPATCHED)
                .ifPresent(holding -> holdings.put(holding.moved(next), now));
    }

    @Override
    public void refused(PlannedActions.Action action, String reason, Instant now) {
        // The hub knows the leg better: a reply that it does not want is nothing to act upon.
    }
}
