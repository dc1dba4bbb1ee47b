package org.relayhub.operations.console.ticket;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.MessageDesk;

/**
 * A ticket's story as a sequence diagram: a lane for each party and for the hub, an arrow for each message that came in,
 * for each try, and for what still waits. Tries that came to the same one after another are one arrow.
 *
 * @param lanes from left to right: who began it, the hub, the others as they came in
 * @param arrows from top to bottom
 * @param width in pixels, like height
 */
public record SequenceDiagram(List<Lane> lanes, List<Arrow> arrows, int width, int height) {

    private static final int FIRST_LANE = 90;
    private static final int BETWEEN_LANES = 220;
    private static final int FIRST_ROW = 78;
    private static final int BETWEEN_ROWS = 52;

    /** What became of what an arrow stands for. */
    public enum Outcome {
        /** Taken, by the hub or by the party. */
        TAKEN,
        /** Refused for good. */
        REFUSED,
        /** Failed, and to be tried again or given up. */
        FAILED,
        /** Not tried yet, or not again. */
        WAITING,
        /** Given up: a dead letter. */
        DEAD
    }

    /** @param x where it is, in pixels */
    public record Lane(Party party, int x) {

        public boolean hub() {
            return party.equals(Party.HUB);
        }
    }

    /**
     * An arrow.
     *
     * @param y where it is, in pixels, like fromX and toX
     * @param at when it came about, or is due; null if nobody knows
     * @param until when the last of several tries was; null of one alone
     * @param firstTry which try it was, from 1; 0 of what came in and of what waits
     * @param code the answer's; empty of what waits
     */
    public record Arrow(
            int y,
            int fromX,
            int toX,
            Party from,
            Party to,
            MessageDesk.Message message,
            Outcome outcome,
            @Nullable Instant at,
            @Nullable Instant until,
            int firstTry,
            int lastTry,
            String code) {

        /** Where its words are. */
        public int middle() {
            return (fromX + toX) / 2;
        }

        /** 1 if it points to the right, else -1. */
        public int direction() {
            return toX > fromX ? 1 : -1;
        }
    }

    private record Step(
            @Nullable Instant at,
            @Nullable Instant until,
            Party from,
            Party to,
            MessageDesk.Message message,
            Outcome outcome,
            int firstTry,
            int lastTry,
            String code) {}

    /** Draws the messages of a ticket. */
    public static SequenceDiagram of(List<MessageDesk.Message> messages) {
        List<Step> steps = new ArrayList<>();
        for (MessageDesk.Message message : messages) {
            if (!message.own()) {
                steps.add(received(message));
            }
            message.deliveries().forEach(sent -> steps.addAll(steps(message, sent)));
        }
        // What still waits comes last, whenever it is due.
        steps.sort(
                Comparator.comparing((Step step) -> step.outcome() == Outcome.WAITING || step.outcome() == Outcome.DEAD)
                        .thenComparing(step -> step.at() == null ? Instant.MAX : step.at()));
        Map<Party, Lane> lanes = lanes(steps);
        List<Arrow> arrows = new ArrayList<>();
        for (Step step : steps) {
            arrows.add(new Arrow(
                    FIRST_ROW + arrows.size() * BETWEEN_ROWS,
                    x(lanes, step.from()),
                    x(lanes, step.to()),
                    step.from(),
                    step.to(),
                    step.message(),
                    step.outcome(),
                    step.at(),
                    step.until(),
                    step.firstTry(),
                    step.lastTry(),
                    step.code()));
        }
        return new SequenceDiagram(
                List.copyOf(lanes.values()),
                arrows,
                2 * FIRST_LANE + Math.max(0, lanes.size() - 1) * BETWEEN_LANES,
                FIRST_ROW + arrows.size() * BETWEEN_ROWS);
    }

    private static Step received(MessageDesk.Message message) {
        boolean taken = message.code().equals("0000");
        return new Step(
                message.at(),
                null,
                message.sender(),
                Party.HUB,
                message,
                taken ? Outcome.TAKEN : Outcome.REFUSED,
                0,
                0,
                message.code());
    }

    private static List<Step> steps(MessageDesk.Message message, MessageDesk.Sent sent) {
        List<Step> steps = new ArrayList<>();
        List<MessageDesk.Try> tries = sent.tries();
        for (int from = 0; from < tries.size(); ) {
            int to = from + 1;
            while (to < tries.size()
                    && tries.get(to).code().equals(tries.get(from).code())) {
                to++;
            }
            MessageDesk.Try first = tries.get(from);
            MessageDesk.Try last = tries.get(to - 1);
            steps.add(new Step(
                    first.at(),
                    to - from > 1 ? last.at() : null,
                    Party.HUB,
                    sent.party(),
                    message,
                    outcome(sent, last, to == tries.size()),
                    from + 1,
                    to,
                    first.code()));
            from = to;
        }
        if (sent.waits() || sent.state().equals("dead")) {
            Outcome outcome = sent.waits() ? Outcome.WAITING : Outcome.DEAD;
            steps.add(new Step(sent.nextTryAt(), null, Party.HUB, sent.party(), message, outcome, 0, 0, ""));
        }
        return steps;
    }

    private static Outcome outcome(MessageDesk.Sent sent, MessageDesk.Try last, boolean latest) {
        if (last.code().equals("0000")) {
            return Outcome.TAKEN;
        }
        return latest && sent.state().equals("refused") ? Outcome.REFUSED : Outcome.FAILED;
    }

    private static int x(Map<Party, Lane> lanes, Party party) {
        return Objects.requireNonNull(lanes.get(party)).x();
    }

    private static Map<Party, Lane> lanes(List<Step> steps) {
        List<Party> parties = new ArrayList<>();
        for (Step step : steps) {
            for (Party party : List.of(step.from(), step.to())) {
                if (!parties.contains(party)) {
                    parties.add(party);
                }
            }
        }
        Map<Party, Lane> lanes = new LinkedHashMap<>();
        parties.forEach(party -> lanes.put(party, new Lane(party, FIRST_LANE + lanes.size() * BETWEEN_LANES)));
        return lanes;
    }
}
