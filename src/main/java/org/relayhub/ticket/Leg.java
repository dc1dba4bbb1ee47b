package org.relayhub.ticket;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;

/**
 * One hop of a ticket between two parties.
 *
 * @param round how often the ticket was handed down: 1, and one more for each re-processing
 * @param urges how often it was urged
 * @param deadTime when the last dispatch wanted it handled by
 * @param dueAt until when it is to be answered in this round; null until the hub has looked
 * @param handlingDept who handled it last, as the last document with a handling department said; null before
 */
public record Leg(
        long id,
        String indictSeq,
        Party upstream,
        Party downstream,
        LegState state,
        int round,
        int urges,
        Instant deadTime,
        @Nullable Instant dueAt,
        @Nullable String handlingDept,
        @Nullable String handlingStaff,
        Instant updatedAt) {

    /** A leg as a statement finds it. */
    static Leg of(ResultSet row, int number) throws SQLException {
        Timestamp dueAt = row.getTimestamp("due_at");
        return new Leg(
                row.getLong("leg_id"),
                row.getString("indict_seq"),
                Party.of(row.getString("upstream")),
                Party.of(row.getString("downstream")),
                LegState.valueOf(row.getString("state")),
                row.getInt("round"),
                row.getInt("urges"),
                row.getTimestamp("dead_time").toInstant(),
                dueAt == null ? null : dueAt.toInstant(),
                row.getString("handling_dept"),
                row.getString("handling_staff"),
                row.getTimestamp("updated_at").toInstant());
    }

    /** Until when it is to be answered, as far as the hub knows. */
    public Instant due() {
        return dueAt == null ? deadTime : dueAt;
    }

    boolean joins(Party party) {
        return upstream.equals(party) || downstream.equals(party);
    }

    Role roleOf(Party party) {
        return upstream.equals(party) ? Role.UPSTREAM : Role.DOWNSTREAM;
    }
}
