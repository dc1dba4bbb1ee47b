package org.relayhub.operations.desk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The deliveries that wait, and what an operator does about those that were given up. Each act is one statement, so that
 * it never stands without its line in the audit.
 */
public final class DeliveryDesk {

    /** In which state a delivery waits. */
    public enum Waiting {
        pending,
        retrying,
        dead
    }

    /** What an operator does. */
    public enum Act {
        RESEND(
                "resend",
                "resent",
                "dead",
                "state = 'pending', holds = true, next_try_at = now(), give_up_at = null, settled_at = null, hub = null,"
                        + " urgency = coalesce((select l.urgency from leg l where l.leg_id = delivery.leg_id), urgency)"),
        DISCARD("discard", "discarded", "dead", "state = 'discarded', holds = false, settled_at = now(), hub = null");

        private final String label;
        private final String participle;
        private final String from;
        private final String change;

        Act(String label, String participle, String from, String change) {
            this.label = label;
            this.participle = participle;
            this.from = from;
            this.change = change;
        }

        /** What the audit calls them. */
        public static List<String> labels() {
            return Stream.of(values()).map(act -> act.label).toList();
        }

        /** As in "the delivery was resent". */
        public String participle() {
            return participle;
        }
    }

    /**
     * A delivery that waits.
     *
     * @param behind the earlier delivery of its ticket and leg that it waits for; null if there is none
     * @param claimedBy the hub that is trying it now; null if none is
     * @param suspended why an operator has suspended its party; null if nobody has
     */
    public record Row(
            long id,
            Party party,
            Waiting state,
            @Nullable String indictSeq,
            String sender,
            String transIdo,
            String activity,
            int tries,
            Instant nextTryAt,
            @Nullable Instant giveUpAt,
            Instant createdAt,
            @Nullable String lastCode,
            @Nullable String lastError,
            @Nullable Long behind,
            @Nullable String claimedBy,
            @Nullable String suspended) {

        /** @param circuitOpen whether this hub leaves the party alone now */
        public Hold hold(boolean circuitOpen) {
            if (state == Waiting.dead) {
                return Hold.GIVEN_UP;
            }
            return Hold.of(suspended != null, behind != null, claimedBy != null, circuitOpen, tries > 0);
        }
    }

    private final JdbcClient database;
    private final Clock clock;

    public DeliveryDesk(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** What waits, oldest first. */
    public List<Row> find(@Nullable Party party, @Nullable Waiting state, int offset, int limit) {
        // Each state's index is of use only where the statement names the state. Those that wait are few among all that
        // there ever were: to look through these in their order would be worse than to sort the few.
        String of = party == null ? "" : " and party = :party";
        String waiting = Stream.of("in ('pending', 'retrying')", "= 'dead'")
                .map(states -> state == null ? states : "= '" + state + "'")
                .distinct()
                .map(states -> "(select delivery_id from delivery where state " + states + of + " offset 0)")
                .collect(Collectors.joining(" union all "));
        return database.sql("""
                        select d.*, m.indict_seq, m.sender, m.trans_ido, m.activity, s.reason as suspended,
                               (select min(earlier.delivery_id) from delivery earlier
                                 where earlier.leg_id = d.leg_id and earlier.party = d.party
                                   and earlier.delivery_id < d.delivery_id and earlier.holds) as behind
                          from (select delivery_id from (%s) waiting
                                 order by delivery_id offset :offset limit :limit) page
                          join delivery d using (delivery_id)
                          join message m using (serial, story)
                          left join suspension s on s.party = d.party
                         order by d.delivery_id
                        """.formatted(waiting))
                .param("party", party == null ? null : party.toString())
                .param("offset", offset)
                .param("limit", limit)
                .query(DeliveryDesk::row)
                .list();
    }

    /** The state of a delivery, waiting or not; empty if there is no such delivery. */
    public Optional<String> state(long id) {
        return database.sql("select state from delivery where delivery_id = :id")
                .param("id", id)
                .query(String.class)
                .optional();
    }

    /** Acts on one delivery. Returns whether its state allowed it. */
    public boolean act(Act act, long id, String operator, String reason) {
        return act(act, "delivery_id = :id", operator, reason).param("id", id).update() > 0;
    }

    /** Acts on each of these deliveries whose state allows it. Returns how many these were. */
    public int actOn(Act act, Collection<Long> ids, String operator, String reason) {
        return act(act, "delivery_id = any(:ids)", operator, reason)
                .param("ids", ids.toArray(Long[]::new))
                .update();
    }

    /** Acts on every delivery of a party whose state allows it. Returns how many these were. */
    public int actOnAll(Act act, Party party, String operator, String reason) {
        return act(act, "party = :party", operator, reason)
                .param("party", party.toString())
                .update();
    }

    private JdbcClient.StatementSpec act(Act act, String which, String operator, String reason) {
        return database.sql("""
                        with done as (
                            update delivery set %s where %s and state = '%s' returning delivery_id)
                        insert into audit (at, operator, action, subject, reason)
                        select :at, :operator, :action, 'delivery ' || delivery_id, :reason from done
                        """.formatted(act.change, which, act.from))
                .param("at", Timestamp.from(clock.instant()))
                .param("operator", operator)
                .param("action", act.label)
                .param("reason", reason);
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        Timestamp giveUpAt = row.getTimestamp("give_up_at");
        return new Row(
                row.getLong("delivery_id"),
                Party.of(row.getString("party")),
                Waiting.valueOf(row.getString("state")),
                row.getString("indict_seq"),
                row.getString("sender"),
                row.getString("trans_ido"),
                row.getString("activity"),
                row.getInt("attempts"),
                row.getTimestamp("next_try_at").toInstant(),
                giveUpAt == null ? null : giveUpAt.toInstant(),
                row.getTimestamp("created_at").toInstant(),
                row.getString("last_code"),
                row.getString("last_error"),
                row.getObject("behind", Long.class),
                row.getString("hub"),
                row.getString("suspended"));
    }
}
