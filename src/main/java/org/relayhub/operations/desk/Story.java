package org.relayhub.operations.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A ticket's story: what came in about it, where each of it went, on which try and with which answer. */
public final class Story {

    /**
     * One line of it.
     *
     * @param at when it came in, or when the delivery got where it is now
     * @param transIdh the receiver's serial: the hub's of what came in, the party's of what went out; null before
     * @param direction {@code in} for what the hub took, {@code out} for its delivery
     * @param result what became of it, in words
     * @param tries how often the delivery reached for its party; null for what came in
     * @param nextTryAt when it is tried next; null where it is not
     */
    public record Line(
            OffsetDateTime at,
            String from,
            String to,
            String activity,
            String transIdo,
            @Nullable String transIdh,
            String direction,
            String result,
            @Nullable Integer tries,
            @Nullable OffsetDateTime nextTryAt) {}

    private final JdbcClient database;
    private final ResponseCodes codes;

    public Story(JdbcClient database, ResponseCodes codes) {
        this.database = database;
        this.codes = codes;
    }

    /** The story of a ticket, in the order of time; empty if nothing is known of it. */
    public List<Line> of(String indictSeq, PersonalData personal) {
        // What the hub itself sends was never taken in, so of that there is only the delivery.
        return database.sql("""
                        select m.received_at as at, m.serial, 0 as step, m.sender, m.home as receiver, m.activity,
                               m.trans_ido, null as trans_idh, 'in' as direction, null as state, m.rsp_code as code,
                               m.rsp_desc as words, null::int as tries, null::timestamptz as next_try_at
                          from message m
                         where m.indict_seq = :indictSeq and m.transport <> 'hub'
                         union all
                        select coalesce(d.settled_at, last.at, d.created_at), m.serial, 1, m.sender, d.party, m.activity,
                               m.trans_ido, last.trans_idh, 'out', d.state, d.last_code,
                               d.last_error, d.attempts, d.next_try_at
                          from message m
                          join delivery d using (serial)
                          left join lateral (
                               select at, trans_idh from attempt a where a.delivery_id = d.delivery_id
                                order by a.attempt desc limit 1) last on true
                         where m.indict_seq = :indictSeq
                         order by at, serial, step
                        """)
                .param("indictSeq", indictSeq)
                .query((row, n) -> line(row, personal))
                .list();
    }

    private Line line(ResultSet row, PersonalData personal) throws SQLException {
        boolean in = row.getString("direction").equals("in");
        String state = row.getString("state");
        String code = row.getString("code");
        String outcome = code == null ? "" : words(code, row.getString("words"), personal);
        boolean waits = "pending".equals(state) || "retrying".equals(state);
        Timestamp nextTryAt = row.getTimestamp("next_try_at");
        return new Line(
                Moment.shown(instant(row, "at")),
                row.getString("sender"),
                row.getString("receiver"),
                row.getString("activity"),
                row.getString("trans_ido"),
                in ? Serial.of(row.getLong("serial")) : row.getString("trans_idh"),
                row.getString("direction"),
                in ? outcome : outcome.isEmpty() ? state : state + ": " + outcome,
                in ? null : row.getInt("tries"),
                waits && nextTryAt != null ? Moment.shown(nextTryAt.toInstant()) : null);
    }

    /** A code, what it means, and what whoever gave it said beside it. */
    public String words(String code, @Nullable String description, PersonalData personal) {
        ResponseCodes.Row row = codes.of(code, "1");
        String meaning = code + " " + row.meaning() + " " + row.meaningZh();
        return description == null || description.isBlank() || description.equalsIgnoreCase(row.meaning())
                ? meaning
                : meaning + " (" + personal.words(description) + ")";
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
