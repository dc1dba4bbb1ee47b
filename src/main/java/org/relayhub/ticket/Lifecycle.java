package org.relayhub.ticket;

import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.REPROCESS;
import static org.relayhub.message.Activity.RETURN;
import static org.relayhub.message.Activity.URGE;
import static org.relayhub.ticket.LegState.ARCHIVED;
import static org.relayhub.ticket.LegState.DISPATCHED;
import static org.relayhub.ticket.LegState.REPLIED;
import static org.relayhub.ticket.LegState.RETURNED;
import static org.relayhub.ticket.Role.DOWNSTREAM;
import static org.relayhub.ticket.Role.UPSTREAM;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.codes.ResponseCodes;

/** The state machine that serves every leg: what is not in its table is refused. */
final class Lifecycle {

    /** What an allowed activity does to its leg besides the state. */
    enum Effect {
        NOTHING,
        FIRST_ROUND,
        NEXT_ROUND,
        ONE_MORE_URGE
    }

    /**
     * One row of the table.
     *
     * @param from the states that it starts from; empty for a leg that is not there yet
     * @param to the state that follows; null if it stays as it is
     */
    record Row(
            Set<LegState> from,
            Activity activity,
            Set<Role> sender,
            @Nullable LegState to,
            Effect effect) {}

    private static final Set<LegState> NO_LEG = Set.of();
    private static final Set<LegState> OPEN = EnumSet.of(DISPATCHED, REPLIED, RETURNED);
    private static final Set<LegState> ANY = EnumSet.allOf(LegState.class);
    private static final Set<Role> EITHER = EnumSet.allOf(Role.class);

    static final List<Row> TABLE = List.of(
            new Row(NO_LEG, DISPATCH, Set.of(UPSTREAM), DISPATCHED, Effect.FIRST_ROUND),
            new Row(Set.of(DISPATCHED), URGE, Set.of(UPSTREAM), DISPATCHED, Effect.ONE_MORE_URGE),
            new Row(Set.of(DISPATCHED), REPLY, Set.of(DOWNSTREAM), REPLIED, Effect.NOTHING),
            new Row(Set.of(DISPATCHED), RETURN, Set.of(DOWNSTREAM), RETURNED, Effect.NOTHING),
            new Row(Set.of(REPLIED), REPROCESS, Set.of(UPSTREAM), DISPATCHED, Effect.NEXT_ROUND),
            new Row(Set.of(RETURNED), DISPATCH, Set.of(UPSTREAM), DISPATCHED, Effect.NOTHING),
            new Row(Set.of(REPLIED, RETURNED), ARCHIVE, Set.of(UPSTREAM), ARCHIVED, Effect.NOTHING),
            new Row(OPEN, COMMENT, EITHER, null, Effect.NOTHING),
            new Row(ANY, QUERY, EITHER, null, Effect.NOTHING));

    /** What the table says: a row, or the code of a refusal. */
    record Verdict(@Nullable Row row, String code, String reason) {}

    private Lifecycle() {}

    /**
     * Judges an activity.
     *
     * @param state the leg's state; null if there is no leg
     */
    static Verdict judge(@Nullable LegState state, Activity activity, Role sender) {
        for (Row row : TABLE) {
            boolean applies = state == null ? row.from().isEmpty() : row.from().contains(state);
            if (applies && row.activity() == activity && row.sender().contains(sender)) {
                return new Verdict(row, ResponseCodes.SUCCESS, "");
            }
        }
        if (state == null) {
            return refused(ResponseCodes.UNKNOWN_TICKET, "IndictSeq: not known between these two parties");
        }
        if (!mayEverSend(activity, sender)) {
            return refused(
                    ResponseCodes.NOT_YOUR_LEG,
                    "IndictSeq: only the other party of this leg may send " + activity.label());
        }
        if (state == ARCHIVED) {
            return archived();
        }
        return refused(ResponseCodes.NOT_ALLOWED_NOW, activity.label() + " is not allowed while the leg is " + state);
    }

    /** What is said of a leg that is closed, and of a ticket whose legs all are and have been for long. */
    static Verdict archived() {
        return refused(ResponseCodes.ARCHIVED, "IndictSeq: archived on this leg");
    }

    private static boolean mayEverSend(Activity activity, Role sender) {
        return TABLE.stream()
                .anyMatch(row -> row.activity() == activity && row.sender().contains(sender));
    }

    private static Verdict refused(String code, String reason) {
        return new Verdict(null, code, reason);
    }
}
