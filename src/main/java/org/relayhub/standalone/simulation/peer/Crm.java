package org.relayhub.standalone.simulation.peer;

import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codes.ResponseCodes;

/**
 * A provincial CRM. It takes whatever comes, and acts only on the tickets that the sample stream began with it: those
 * alone it holds.
 */
final class Crm implements PeerBehaviour {

    private final Holdings holdings;
    private final PlannedActions planned;
    private final SimulationSettings settings;
    private final DocumentReader reader;
    private final RandomGenerator random;

    Crm(
            Holdings holdings,
            PlannedActions planned,
            SimulationSettings settings,
            DocumentReader reader,
            RandomGenerator random) {
        this.holdings = holdings;
        this.planned = planned;
        this.settings = settings;
        this.reader = reader;
        this.random = random;
    }

    @Override
    public Reaction on(Incoming message) {
        Optional<Holding> held = holdings.from(message.self(), message.self(), message.indictSeq())
                .filter(holding -> holding.state() == Holding.State.DISPATCHED);
        switch (message.activity()) {
            case REPLY -> held.ifPresent(holding -> customerHears(holding, message));
            case RETURN -> held.ifPresent(holding -> correct(holding, message));
            case COMMENT -> held.ifPresent(holding -> holdings.put(holding, message.at()));
            default -> {
                return Reaction.refused(ResponseCodes.LINK_WITHOUT_ACTIVITY, "ActivityCode: not handled here");
            }
        }
        return Reaction.accepted();
    }

    private void customerHears(Holding holding, Incoming message) {
        if (holding.round() == 1 && random.nextDouble() < settings.sampleReprocesses()) {
            send(
                    holding.nextRound(),
                    Activity.REPROCESS,
                    PeerBodies.reprocess(holding.party(), holding.indictSeq()),
                    message);
        } else {
            archive(holding, "客户对处理结果表示满意,同意结单。", message);
        }
    }

    private void correct(Holding holding, Incoming message) {
        Body corrected = holding.corrections() == 0 ? corrected(holding) : null;
        if (corrected == null) {
            archive(holding, "工单退回,经与客户协商不再继续处理。", message);
        } else {
            send(holding.corrected(), Activity.DISPATCH, corrected, message);
        }
    }

    private @Nullable Body corrected(Holding holding) {
        String dispatch = holding.dispatch();
        if (dispatch == null) {
            return null;
        }
        Body body = reader.read(dispatch).requireBody();
        return new Body(body.element(), corrected(body.xml()), body.values());
    }

    /** In canonical text no value holds mark-up, so that the end of the title stands in it once. */
    private static String corrected(String dispatch) {
        return dispatch.replace("</Title>", "(已补充)</Title>");
    }

    private void archive(Holding holding, String comment, Incoming message) {
        Body body = PeerBodies.archive(
                holding.party(), holding.indictSeq(), comment, message.at().plus(settings.replyAfter()));
        send(holding.moved(Holding.State.ARCHIVED), Activity.ARCHIVE, body, message);
    }

    private void send(Holding next, Activity activity, Body body, Incoming message) {
        if (next.downstream() == null) {
            throw new IllegalStateException("a ticket of the sample stream has no downstream");
        }
        holdings.put(next, message.at());
        planned.plan(
                next.party(),
                next.downstream(),
                next.indictSeq(),
                activity,
                next.test(),
                body,
                message.at(),
                message.at().plus(settings.replyAfter()));
    }

    @Override
    public void sent(PlannedActions.Action action, Instant now) {
        // What the CRM decides stands from the decision on.
    }

    /** The stream has more tickets; this one ends here. */
    @Override
    public void refused(PlannedActions.Action action, String reason, Instant now) {
        holdings.from(action.party(), action.party(), action.indictSeq())
                .ifPresent(holding -> holdings.put(holding.moved(Holding.State.ARCHIVED), now));
    }
}
