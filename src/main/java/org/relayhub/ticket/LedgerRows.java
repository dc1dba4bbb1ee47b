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
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.archive.WholeStory;
import org.relayhub.trace.Traceparent;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that write the ledger. Each is one round trip; the transaction is the caller's. */
final class LedgerRows {

    private static final String TOUCHED =
            "with touched as (update ticket set updated_at = :at where indict_seq = :story)\n";

    private final JdbcClient database;

    LedgerRows(JdbcClient database) {
        this.database = database;
    }

    /** The body of a message that says nothing of handling, dead line or urgency. */
    static final Body NOTHING_NEW = new Body("", "", Map.of());

    /** A message as the ledger knows it: its serial, and the story that it belongs to. */
    record Booked(long serial, String story) {}

    /** How a sender is answered; with the canonical answer of a synchronous activity. */
    record Reply(String code, String description, @Nullable String answer) {}

    /** A message that was received before. */
    record Earlier(
            long serial,
            byte[] digest,
            Instant receivedAt,
            String code,
            String description,
            @Nullable String answer) {}

    /** What stands between a ticket and a message about it. */
    enum Standing {
        UNKNOWN,
        OPEN,
        ARCHIVED
    }

    /**
     * Books a message unless its party has used its TransIDO before. Waits for a transaction that is about to book the
     * same one.
     *
     * @return empty if there is such a message already
     */
    Optional<Booked> bookMessage(AddressedMessage message, byte[] digest, Instant at) {
        return bookMessage(message, digest, at, new Reply(ResponseCodes.SUCCESS, "", null));
    }

    /** The same, with what its sender is answered. */
    Optional<Booked> bookMessage(AddressedMessage message, byte[] digest, Instant at, Reply reply) {
        String ownStory = message.sender() + " " + message.transIdo();
        String story = message.indictSeq() == null ? ownStory : message.indictSeq();
        // Two statements, since the two rows may be on two machines: of the sender, and of the story.
        Optional<Booked> booked = database.sql("""
                        insert into received_serial (sender, trans_ido, story) values (:sender, :transIdo, :story)
                        on conflict (sender, trans_ido) do nothing
                        returning serial
                        """)
                .param("sender", message.sender().toString())
                .param("transIdo", message.transIdo())
                .param("story", story)
                .query(Long.class)
                .optional()
                .map(serial -> new Booked(serial, story));
        booked.ifPresent(one -> insertMessage(one, message, digest, at, reply));
        return booked;
    }

    private void insertMessage(Booked booked, AddressedMessage message, byte[] digest, Instant at, Reply reply) {
        database.sql("""
                        insert into message (serial, story, sender, trans_ido, digest, received_at, activity, home,
                                             indict_seq, transport, test, document, passed_on, traceparent, rsp_code,
                                             rsp_desc, answer)
                        overriding system value
                        values (:serial, :story, :sender, :transIdo, :digest, :at, :activity, :home, :indictSeq,
                                :transport, :test, :document, :passedOn, :traceparent, :code, :description, :answer)
                        """)
                .param("code", reply.code())
                .param("description", reply.description())
                .param("answer", reply.answer(), Types.VARCHAR)
                .param("serial", booked.serial())
                .param("story", booked.story())
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
                .update();
    }

    /** Takes a message back, as if it had never come: the same may come again. */
    void unbookMessage(long serial) {
        database.sql("""
                        with gone as (delete from message where serial = :serial returning sender, trans_ido)
                        delete from received_serial r using gone
                         where r.sender = gone.sender and r.trans_ido = gone.trans_ido
                        """).param("serial", serial).update();
    }

    Optional<Earlier> findEarlier(Party sender, String transIdo) {
        // One row if the serial was used, and in it the message, unless that is archived.
        List<@Nullable Earlier> used = database.sql("""
                        select m.serial, m.digest, m.received_at, m.rsp_code, m.rsp_desc, m.answer
                          from received_serial r left join message m using (serial, story)
                         where r.sender = :sender and r.trans_ido = :transIdo
                        """)
                .param("sender", sender.toString())
                .param("transIdo", transIdo)
                .query((row, n) -> row.getBytes("digest") == null ? null : earlier(row))
                .list();
        if (used.isEmpty()) {
            return Optional.empty();
        }
        Earlier here = used.get(0);
        return here == null ? findArchived(sender, transIdo) : Optional.of(here);
    }

    private Optional<Earlier> findArchived(Party sender, String transIdo) {
        return database.sql(WholeStory.OF_SERIAL + """
                        select serial, digest, received_at, rsp_code, rsp_desc, answer
                          from story_message where sender = any (:senders) and trans_ido = :transIdo
                        """)
                .param("senders", new String[] {sender.toString()})
                .param("transIdo", transIdo)
                .query((row, n) -> earlier(row))
                .optional();
    }

    private static Earlier earlier(ResultSet row) throws SQLException {
        return new Earlier(
                row.getLong("serial"),
                row.getBytes("digest"),
                row.getTimestamp("received_at").toInstant(),
                row.getString("rsp_code"),
                row.getString("rsp_desc"),
                row.getString("answer"));
    }

    /** The same, of a message that must be the same. */
    Optional<FirstAnswer> findFirst(AddressedMessage message) {
        return findEarlier(message.sender(), message.transIdo()).map(earlier -> {
            ContentDigest.requireSame(message, earlier.digest());
            return new FirstAnswer(earlier.serial(), earlier.receivedAt(), earlier.answer());
        });
    }

    void bookRefusal(Booked message, String code, String description) {
        database.sql("update message set rsp_code = :code, rsp_desc = :description"
                        + " where serial = :serial and story = :story")
                .param("code", code)
                .param("description", description)
                .param("serial", message.serial())
                .param("story", message.story())
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

    /**
     * Opens a ticket if it is new. Waits for a transaction that is about to open the same one.
     *
     * @return whether it was: then nobody else can see it before this transaction ends, and it has no leg
     */
    boolean openTicket(String indictSeq, AddressedMessage message, Body dispatch, Instant at) {
        return database.sql("""
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
                        .update()
                > 0;
    }

    /** Makes every other writer of the ticket wait until this transaction ends; whoever archives it, too. */
    Standing lockTicket(String indictSeq) {
        return database.sql("select archive_month from ticket where indict_seq = :indictSeq for update")
                .param("indictSeq", indictSeq)
                .query((row, n) -> row.getDate("archive_month") == null ? Standing.OPEN : Standing.ARCHIVED)
                .optional()
                .orElse(Standing.UNKNOWN);
    }

    /** The legs of a ticket, oldest first. */
    List<Leg> legs(String indictSeq) {
        return database.sql("select * from leg where indict_seq = :indictSeq order by leg_id")
                .param("indictSeq", indictSeq)
                .query(Leg::of)
                .list();
    }

    /** The legs of a ticket that is archived, or may be, oldest first. */
    List<Leg> archivedLegs(String indictSeq) {
        return database.sql(WholeStory.LEGS_OF_TICKETS + "select * from story_leg order by leg_id")
                .param("tickets", new String[] {indictSeq})
                .query(Leg::of)
                .list();
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
    void moveLeg(
            long legId,
            String indictSeq,
            LegState state,
            int moreRounds,
            int moreUrges,
            boolean anew,
            Body body,
            Instant at) {
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
                         where leg_id = :legId and indict_seq = :indictSeq
                        """)
                .param("indictSeq", indictSeq)
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
    void hurry(long legId, String indictSeq, Party party) {
        database.sql("""
                        update delivery d
                           set urgency = l.urgency
                          from leg l
                         where l.leg_id = :legId and l.indict_seq = :indictSeq
                           and d.leg_id = l.leg_id and d.party = :party and d.holds
                           and d.state in ('pending', 'retrying') and d.urgency < l.urgency
                           and d.story = l.indict_seq
                        """)
                .param("legId", legId)
                .param("indictSeq", indictSeq)
                .param("party", party.toString())
                .update();
    }

    /** Queues a booked message for its home party, with the urgency of its leg; due at once. */
    void queue(Booked message, Party party, @Nullable Long legId, Instant at) {
        queue("", message, party, legId, at);
    }

    /** The same of a message about a ticket, which it touches in the same round trip. */
    void queueAndTouch(Booked message, Party party, long legId, Instant at) {
        queue(TOUCHED, message, party, legId, at);
    }

    private void queue(String beside, Booked message, Party party, @Nullable Long legId, Instant at) {
        database.sql(beside + """
                        insert into delivery (serial, story, party, leg_id, urgency, next_try_at, created_at)
                        values (:serial, :story, :party, :legId,
                                coalesce((select urgency from leg where leg_id = :legId and indict_seq = :story), 0),
                                now(), :at)
                        """)
                .param("serial", message.serial())
                .param("story", message.story())
                .param("party", party.toString())
                .param("legId", legId, Types.BIGINT)
                .param("at", Timestamp.from(at))
                .update();
    }
}
