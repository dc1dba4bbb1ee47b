package org.relayhub.ticket.probe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that keep probes. The transaction is the caller's. */
final class ProbeRows {

    /** How many tickets that have ended are forgotten at once. */
    private static final int FORGOTTEN_AT_ONCE = 500;

    /**
     * How a probe that has not ended stands, or one whose answer came after it has ended.
     *
     * @param takenAt when the party took the ticket; null if it has not
     * @param refusal the code and the words by which the party refused it; null if it has not
     * @param answeredAt when the party answered; null if it has not
     * @param archiving whether the closing is on its way or has come
     * @param closedAt when the party took the closing; null if it has not
     * @param trouble what the last try in vain met; null if there was none
     */
    record Standing(
            long id,
            Party party,
            String indictSeq,
            Instant beganAt,
            @Nullable Instant endedAt,
            @Nullable Instant takenAt,
            @Nullable String refusal,
            @Nullable Instant answeredAt,
            boolean archiving,
            @Nullable Instant closedAt,
            @Nullable String trouble) {}

    private final JdbcClient database;

    ProbeRows(JdbcClient database) {
        this.database = database;
    }

    /** Those of some parties that no operator has suspended, and that have no probe under way. */
    List<Party> free(Collection<Party> parties) {
        return database.sql("""
                        select party from unnest(:parties::text[]) as p (party)
                         where not exists (select 1 from suspension s where s.party = p.party)
                           and not exists (select 1 from probe o where o.party = p.party and o.ended_at is null)
                         order by party
                        """)
                .param("parties", parties.stream().map(Party::toString).toArray(String[]::new))
                .query((row, n) -> Party.of(row.getString("party")))
                .list();
    }

    long nextNumber() {
        return database.sql("select nextval('probe_number')").query(Long.class).single();
    }

    void begin(Party party, String indictSeq, Instant at) {
        database.sql("insert into probe (party, indict_seq, began_at) values (:party, :indictSeq, :at)")
                .param("party", party.toString())
                .param("indictSeq", indictSeq)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Every probe that has not ended, whatever else the ledger has of it, and those whose answer came afterwards and has not been closed. */
    List<Standing> open() {
        return database.sql("""
                        select p.*, l.state as leg_state, l.updated_at as leg_updated_at,
                               d.state as dispatch_state, d.settled_at as dispatch_settled_at,
                               d.last_code as dispatch_code, d.last_error as dispatch_error,
                               a.state as archive_state, a.settled_at as closed_at, a.last_error as archive_error
                          from probe p
                          left join leg l on l.indict_seq = p.indict_seq and l.upstream = :hub
                          -- one look-up each, however few serials of the hub PostgreSQL believes that there are
                          left join lateral (select serial from received_serial
                                              where sender = :hub and trans_ido = 'PRBD' || p.indict_seq offset 0) dm on true
                          left join delivery d on d.serial = dm.serial and d.story = p.indict_seq
                          left join lateral (select serial from received_serial
                                              where sender = :hub and trans_ido = 'PRBA' || p.indict_seq offset 0) am on true
                          left join delivery a on a.serial = am.serial and a.story = p.indict_seq
                         where p.probe_id in (
                                   select probe_id from probe where ended_at is null
                                   union all
                                   select probe_id from leg join probe using (indict_seq)
                                    where upstream = :hub and state in ('REPLIED', 'RETURNED'))
                         order by p.probe_id
                        """)
                .param("hub", Party.HUB.toString())
                .query((row, n) -> standing(row))
                .list();
    }

    private static Standing standing(ResultSet row) throws SQLException {
        String leg = String.valueOf(row.getString("leg_state"));
        String dispatch = String.valueOf(row.getString("dispatch_state"));
        String archive = row.getString("archive_state");
        Instant answered = instant(row, "answered_at");
        if (answered == null && (leg.equals("REPLIED") || leg.equals("RETURNED"))) {
            answered = instant(row, "leg_updated_at");
        }
        return new Standing(
                row.getLong("probe_id"),
                Party.of(row.getString("party")),
                row.getString("indict_seq"),
                row.getTimestamp("began_at").toInstant(),
                instant(row, "ended_at"),
                dispatch.equals("delivered") ? instant(row, "dispatch_settled_at") : null,
                dispatch.equals("refused") || dispatch.equals("dead")
                        ? row.getString("dispatch_code") + " " + row.getString("dispatch_error")
                        : null,
                answered,
                archive != null,
                "delivered".equals(archive) ? instant(row, "closed_at") : null,
                archive == null ? row.getString("dispatch_error") : row.getString("archive_error"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    void answered(long probe, Instant at) {
        database.sql("update probe set answered_at = :at where probe_id = :probe")
                .param("at", Timestamp.from(at))
                .param("probe", probe)
                .update();
    }

    /** @param takenAt when the party took the ticket; null if it has not */
    void end(long probe, Outcome outcome, @Nullable Instant takenAt, @Nullable String trouble, Instant at) {
        database.sql("""
                        update probe set ended_at = :at, outcome = :outcome, taken_at = :takenAt, trouble = :trouble
                         where probe_id = :probe and ended_at is null
                        """)
                .param("at", Timestamp.from(at))
                .param("outcome", outcome.label())
                .param("takenAt", takenAt == null ? null : Timestamp.from(takenAt), Types.TIMESTAMP)
                .param("trouble", trouble, Types.VARCHAR)
                .param("probe", probe)
                .update();
    }

    /**
     * Gives up what still waits of test tickets: it must not be in the way when the party is back, nor become a dead
     * letter. A ticket that its party has not taken is closed.
     */
    void giveUp(Instant queuedUntil) {
        database.sql("""
                        with given_up as (
                            update delivery d
                               set state = 'discarded', holds = false, hub = null, settled_at = now()
                              from leg l join probe p using (indict_seq)
                             where d.story like '________CSVC999%' and d.story = p.indict_seq
                               and l.upstream = :hub and d.leg_id = l.leg_id and d.party = l.downstream
                               and d.state in ('pending', 'retrying', 'dead') and d.created_at <= :before
                            returning d.serial, d.leg_id
                        )
                        update leg l
                           set state = 'ARCHIVED', check_at = null, updated_at = now()
                          from given_up g join message m using (serial)
                         where m.activity = :dispatch and l.leg_id = g.leg_id and l.state = 'DISPATCHED'
                        """)
                .param("hub", Party.HUB.toString())
                .param("dispatch", Activity.DISPATCH.label())
                .param("before", Timestamp.from(queuedUntil))
                .update();
    }

    /**
     * Forgets probes that ended long ago, and their tickets whole: they are none of the business that the ledger keeps. A
     * ticket on which anybody else has opened a leg stays.
     *
     * @return how many probes
     */
    int forget(Instant endedBefore) {
        return database.sql("""
                        with forgotten as (
                            delete from probe where probe_id = any (array(
                                select probe_id from probe where ended_at < :before order by ended_at limit :limit))
                            returning indict_seq
                        ), gone as (
                            select indict_seq from forgotten f
                             where not exists (select from leg l where l.indict_seq = f.indict_seq and l.upstream <> :hub)
                        ), sent as (
                            select delivery_id from delivery where serial = any (array(
                                select serial from message where indict_seq = any (array(select indict_seq from gone))))
                        ), no_attempt as (
                            delete from attempt where delivery_id = any (array(select delivery_id from sent))
                        ), no_delivery as (
                            delete from delivery where delivery_id = any (array(select delivery_id from sent))
                        ), no_message as (
                            delete from message where indict_seq = any (array(select indict_seq from gone))
                            returning sender, trans_ido
                        ), no_serial as (
                            delete from received_serial r using no_message m
                             where r.sender = m.sender and r.trans_ido = m.trans_ido
                        ), no_leg as (
                            delete from leg where indict_seq = any (array(select indict_seq from gone))
                        ), no_ticket as (
                            delete from ticket where indict_seq = any (array(select indict_seq from gone))
                        )
                        select count(*) from forgotten
                        """)
                .param("hub", Party.HUB.toString())
                .param("before", Timestamp.from(endedBefore))
                .param("limit", FORGOTTEN_AT_ONCE)
                .query(Integer.class)
                .single();
    }
}
