package org.relayhub.ticket;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.trace.Traceparent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that write the ledger. Each is one round trip; the transaction is the caller's. */
final class LedgerRows {

    private final JdbcClient database;

    LedgerRows(JdbcClient database) {
        this.database = database;
    }

    /** The body of a message that says nothing of handling, dead line or urgency. */
    static final Body NOTHING_NEW = new Body("", "", Map.of());

    /** A message that was received before. */
    record Earlier(
            long serial,
            byte[] digest,
            Instant receivedAt,
            String code,
            String description,
            @Nullable String answer) {}

    /**
     * Books a message unless its party has used its TransIDO before. Waits for a transaction that is about to book the
     * same one.
     *
     * @return its serial; empty if there is such a message already
     */
    Optional<Long> bookMessage(AddressedMessage message, byte[] digest, Instant at) {
        return database.sql("""
                        insert into message (sender, trans_ido, digest, received_at, activity, home, indict_seq,
                                             transport, test, document, passed_on, traceparent, rsp_code, rsp_desc)
                        values (:sender, :transIdo, :digest, :at, :activity, :home, :indictSeq,
                                :transport, :test, :document, :passedOn, :traceparent, '0000', '')
                        on conflict (sender, trans_ido) do nothing
                        returning serial
                        """)
                .param("sender", message.sender().toString())
                .param("transIdo", message.transIdo())
                .param("digest", digest)
                .param("at", Timestamp.from(at))
                .param("activity", message.activity().label())
                .param("home", message.home().toString())
                .param("indictSeq", message.indictSeq())
                .param("transport", message.transport())
                .param("test", message.document().header().test())
                .param("document", message.canonical())
                .param("passedOn", message.passedOn())
                .param("traceparent", Traceparent.current(), Types.VARCHAR)
                .query(Long.class)
                .optional();
    }

    Optional<Earlier> findEarlier(Party sender, String transIdo) {
        return database.sql("""
                        select serial, digest, received_at, rsp_code, rsp_desc, answer
                          from message where sender = :sender and trans_ido = :transIdo
                        """)
                .param("sender", sender.toString())
                .param("transIdo", transIdo)
                .query((row, n) -> new Earlier(
                        row.getLong("serial"),
                        row.getBytes("digest"),
                        row.getTimestamp("received_at").toInstant(),
                        row.getString("rsp_code"),
                        row.getString("rsp_desc"),
                        row.getString("answer")))
                .optional();
    }

    /** The same, of a message that must be the same. */
    Optional<FirstAnswer> findFirst(AddressedMessage message) {
        return findEarlier(message.sender(), message.transIdo()).map(earlier -> {
            ContentDigest.requireSame(message, earlier.digest());
            return new FirstAnswer(earlier.serial(), earlier.receivedAt(), earlier.answer());
        });
    }

    void bookRefusal(long serial, String code, String description) {
        database.sql("update message set rsp_code = :code, rsp_desc = :description where serial = :serial")
                .param("code", code)
                .param("description", description)
                .param("serial", serial)
                .update();
    }

    void bookAnswer(long serial, String code, String description, @Nullable String answer) {
        database.sql("update message set rsp_code = :code, rsp_desc = :description, answer = :answer"
                        + " where serial = :serial")
                .param("code", code)
                .param("description", description)
                .param("answer", answer)
                .param("serial", serial)
                .update();
    }

    /** Opens a ticket if it is new. Waits for a transaction that is about to open the same one. */
    void openTicket(String indictSeq, AddressedMessage message, Body dispatch, Instant at) {
        database.sql("""
                        insert into ticket (indict_seq, origin, test, svc_type_id, msisdn, created_at, updated_at)
                        values (:indictSeq, :origin, :test, :svcTypeId, :msisdn, :at, :at)
                        on conflict (indict_seq) do nothing
                        """)
                .param("indictSeq", indictSeq)
                .param("origin", message.sender().toString())
                .param("test", message.document().header().test())
                .param("svcTypeId", dispatch.get("SvcTypeId"))
                .param("msisdn", dispatch.get("MSISDN"))
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Makes every other writer of the ticket wait until this transaction ends. */
    boolean lockTicket(String indictSeq) {
        return database.sql("select 1 from ticket where indict_seq = :indictSeq for update")
                .param("indictSeq", indictSeq)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** The legs of a ticket, oldest first. */
    List<Leg> legs(String indictSeq) {
        return database.sql("select * from leg where indict_seq = :indictSeq order by leg_id")
                .param("indictSeq", indictSeq)
                .query((row, n) -> leg(row))
                .list();
    }

    static Leg leg(ResultSet row) throws SQLException {
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

    long openLeg(String indictSeq, Party upstream, Party downstream, Body dispatch, Instant at) {
        return database.sql("""
                        insert into leg (indict_seq, upstream, downstream, state, round, urges, urgent_id, dead_time,
                                         subs_level, created_at, updated_at, round_at, check_at, first, test)
                        values (:indictSeq, :upstream, :downstream, 'DISPATCHED', 1, 0, :urgentId, :deadTime,
                                :subsLevel, :at, :at, :at, :at,
                                not exists (select from leg where indict_seq = :indictSeq),
                                (select test from ticket where indict_seq = :indictSeq))
                        returning leg_id
                        """)
                .param("indictSeq", indictSeq)
                .param("upstream", upstream.toString())
                .param("downstream", downstream.toString())
                .param("urgentId", dispatch.get("UrgentId"))
                .param("subsLevel", dispatch.get("SubsLevel"))
                .param("deadTime", Timestamp.from(Serial.time(dispatch.get("DeadTime"))))
                .param("at", Timestamp.from(at))
                .query(Long.class)
                .single();
    }

    /**
     * Moves a leg on. What the document says of handling, dead line and urgency is taken over where it says it. While a leg
     * is dispatched, somebody looks at its time.
     *
     * @param anew whether its time begins anew
     */
    void moveLeg(long legId, LegState state, int moreRounds, int moreUrges, boolean anew, Body body, Instant at) {
        String deadTime = body.find("DeadTime");
        database.sql("""
                        update leg
                           set state = :state,
                               round = round + :moreRounds,
                               urges = urges + :moreUrges,
                               urgent_id = coalesce(:urgentId, urgent_id),
                               dead_time = coalesce(:deadTime, dead_time),
                               handling_dept = coalesce(:dept, handling_dept),
                               handling_staff = coalesce(:staff, handling_staff),
                               subs_level = coalesce(:subsLevel, subs_level),
                               round_at = case when :anew then :at else round_at end,
                               due_at = case when not :anew then due_at end,
                               warned_at = case when not :anew then warned_at end,
                               urged_at = case when not :anew then urged_at end,
                               breached_at = case when not :anew then breached_at end,
                               check_at = case when :anew then :at when :state = 'DISPATCHED' then check_at end,
                               replied_at = case when :state = 'REPLIED' then coalesce(replied_at, :at)
                                                 else replied_at end,
                               archived_at = case when :state = 'ARCHIVED' then :at else archived_at end,
                               returns = returns + case when :state = 'RETURNED' and state <> 'RETURNED' then 1 else 0 end,
                               updated_at = :at
                         where leg_id = :legId
                        """)
                .param("state", state.name())
                .param("moreRounds", moreRounds)
                .param("moreUrges", moreUrges)
                .param("anew", anew)
                .param("urgentId", body.find("UrgentId"), Types.VARCHAR)
                .param("subsLevel", body.find("SubsLevel"), Types.VARCHAR)
                .param("deadTime", deadTime == null ? null : Timestamp.from(Serial.time(deadTime)), Types.TIMESTAMP)
                .param("dept", body.find("HandlingDept"), Types.VARCHAR)
                .param("staff", body.find("HandlingStaff"), Types.VARCHAR)
                .param("at", Timestamp.from(at))
                .param("legId", legId)
                .update();
    }

    /** Ends a delivery that its party has refused for good, unless it was claimed anew. */
    void endDelivery(long deliveryId, int claim, String state, String code, String description) {
        database.sql("""
                        update delivery
                           set state = :state, holds = false, attempts = attempts + 1, hub = null,
                               last_code = :code, last_error = :description,
                               settled_at = case when :state = 'refused' then now() end
                         where delivery_id = :deliveryId and claims = :claim and state in ('pending', 'retrying')
                        """)
                .param("state", state)
                .param("code", code)
                .param("description", description)
                .param("deliveryId", deliveryId)
                .param("claim", claim)
                .update();
    }

    void touchTicket(String indictSeq, Instant at) {
        database.sql("update ticket set updated_at = :at where indict_seq = :indictSeq")
                .param("at", Timestamp.from(at))
                .param("indictSeq", indictSeq)
                .update();
    }

    /** A corrected dispatch of the ticket's origin may correct what the ticket is searched by. */
    void correctTicket(String indictSeq, Party sender, Body dispatch) {
        database.sql("""
                        update ticket set svc_type_id = :svcTypeId, msisdn = :msisdn
                         where indict_seq = :indictSeq and origin = :sender
                        """)
                .param("svcTypeId", dispatch.get("SvcTypeId"))
                .param("msisdn", dispatch.get("MSISDN"))
                .param("indictSeq", indictSeq)
                .param("sender", sender.toString())
                .update();
    }

    /**
     * Gives what waits on a leg for a party the leg's urgency, where it has less: the message that comes next must not
     * overtake it, and should not be held back by it. What waits for the leg's other party is left as it is: of one
     * direction at most one message is under way, so that a settlement of many never waits for this one, nor this for it,
     * in a circle.
     */
    void hurry(long legId, Party party) {
        database.sql("""
                        update delivery d
                           set urgency = l.urgency
                          from leg l
                         where l.leg_id = :legId and d.leg_id = l.leg_id and d.party = :party and d.holds
                           and d.state in ('pending', 'retrying') and d.urgency < l.urgency
                        """).param("legId", legId).param("party", party.toString()).update();
    }

    /** Queues a booked message for its home party, with the urgency of its leg; due at once. */
    void queue(long serial, Party party, @Nullable Long legId, Instant at) {
        database.sql("""
                        insert into delivery (serial, party, leg_id, urgency, next_try_at, created_at)
                        values (:serial, :party, :legId,
                                coalesce((select urgency from leg where leg_id = :legId), 0), now(), :at)
                        """)
                .param("serial", serial)
                .param("party", party.toString())
                .param("legId", legId, Types.BIGINT)
                .param("at", Timestamp.from(at))
                .update();
    }
}
