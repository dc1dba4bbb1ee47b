package org.relayhub.ticket;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tells a sender that the home party has refused its message for good: a refused dispatch comes back as a return, which
 * the sender may correct; anything else is told by a comment on the leg. Both come from the hub, and both are messages
 * of the ledger like any other.
 */
public final class SenderNotice {

    /** What becomes of the refused message. */
    public enum Outcome {
        /** The ticket went back to its sender, or was the hub's own probe: nothing is left to do. */
        RETURNED,
        /** The sender knows; an operator may still have to act. */
        TOLD,
        /** There is nobody to tell: the leg is archived, or the message was the hub's own. */
        NOT_TOLD
    }

    /**
     * What was told to whom.
     *
     * @param party who was told; null if nobody
     */
    public record Told(Outcome outcome, @Nullable Party party) {

        private static final Told NOBODY = new Told(Outcome.NOT_TOLD, null);
    }

    private final JdbcClient database;
    private final LedgerRows rows;
    private final TransactionTemplate transaction;
    private final Notices notices;
    private final Clock clock;

    public SenderNotice(JdbcClient database, TransactionTemplate transaction, Notices notices, Clock clock) {
        this.database = database;
        this.rows = new LedgerRows(database);
        this.transaction = transaction;
        this.notices = notices;
        this.clock = clock;
    }

    private record Refused(long serial, Party sender, Activity activity, String indictSeq, boolean test, long legId) {}

    /**
     * Tells the sender of a refused message, once however often it is called.
     *
     * @param serial the refused message
     * @param deliveryId its delivery, which ends in the same transaction: a message that went back must not be sent again
     * @param claim the claim of the delivery that was refused; a later one is left alone
     * @param code the code that the home party refused it with
     * @param description the home party's words
     */
    public Told tell(long serial, long deliveryId, int claim, String code, String description) {
        Told told = transaction.execute(status -> {
            Told one = tellOnce(serial, code, description);
            rows.endDelivery(
                    deliveryId, claim, one.outcome() == Outcome.RETURNED ? "refused" : "dead", code, description);
            return one;
        });
        return told == null ? Told.NOBODY : told;
    }

    private Told tellOnce(long serial, String code, String description) {
        Optional<Refused> found = find(serial);
        if (found.isEmpty()) {
            return Told.NOBODY;
        }
        if (found.get().sender().equals(Party.HUB)) {
            // A probe that is refused says so itself, and is nothing for an operator to send again.
            return found.get().test() ? new Told(Outcome.RETURNED, null) : Told.NOBODY;
        }
        Refused refused = found.get();
        rows.lockTicket(refused.indictSeq());
        Leg leg = rows.legs(refused.indictSeq()).stream()
                .filter(candidate -> candidate.id() == refused.legId())
                .findFirst()
                .orElseThrow();
        String comment = "[" + code + "] " + description;
        if (refused.activity() == Activity.DISPATCH) {
            // A second call finds the leg as the first has left it, and the return booked.
            boolean back = (leg.state() == LegState.DISPATCHED && isLatest(refused, leg)) || wasReturned(refused);
            if (back) {
                send(Activity.RETURN, refused, leg, comment);
                return new Told(Outcome.RETURNED, refused.sender());
            }
        }
        if (leg.state() == LegState.ARCHIVED) {
            return Told.NOBODY;
        }
        send(Activity.COMMENT, refused, leg, refused.activity().label() + " refused: " + comment);
        return new Told(Outcome.TOLD, refused.sender());
    }

    private Optional<Refused> find(long serial) {
        return database.sql("""
                        select m.serial, m.sender, m.activity, m.indict_seq, m.test, d.leg_id
                          from message m join delivery d using (serial, story)
                         where m.serial = :serial and d.leg_id is not null
                        """)
                .param("serial", serial)
                .query((row, n) -> new Refused(
                        row.getLong("serial"),
                        Party.of(row.getString("sender")),
                        Activity.of(row.getString("activity")),
                        row.getString("indict_seq"),
                        row.getBoolean("test"),
                        row.getLong("leg_id")))
                .optional();
    }

    /** Whether the ticket still stands where this dispatch has put it: none came after it, and the home party did nothing. */
    private boolean isLatest(Refused refused, Leg leg) {
        return database.sql("""
                        select 1 from message
                         where indict_seq = :indictSeq and serial > :serial and rsp_code = '0000'
                           and ((sender = :upstream and home = :downstream and activity = 'dispatch')
                                or (sender = :downstream and home = :upstream and activity in ('reply', 'return')))
                         limit 1
                        """)
                .param("indictSeq", refused.indictSeq())
                .param("serial", refused.serial())
                .param("upstream", leg.upstream().toString())
                .param("downstream", leg.downstream().toString())
                .query(Integer.class)
                .optional()
                .isEmpty();
    }

    private boolean wasReturned(Refused refused) {
        return database.sql("select 1 from received_serial where sender = :hub and trans_ido = :transIdo")
                .param("hub", Party.HUB.toString())
                .param("transIdo", transIdo(Activity.RETURN, refused))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private void send(Activity activity, Refused refused, Leg leg, String comment) {
        Instant now = clock.instant();
        AddressedMessage message = message(activity, refused, comment, now);
        byte[] digest = message.transIdo().getBytes(StandardCharsets.UTF_8);
        Optional<LedgerRows.Booked> booked = rows.bookMessage(message, digest, now);
        if (booked.isEmpty()) {
            return;
        }
        LegState next = activity == Activity.RETURN ? LegState.RETURNED : leg.state();
        // The hub handles no ticket: who did is left as it was.
        rows.moveLeg(leg.id(), leg.indictSeq(), next, 0, 0, false, LedgerRows.NOTHING_NEW, now);
        rows.touchTicket(refused.indictSeq(), now);
        rows.queue(booked.get(), refused.sender(), leg.id(), now);
    }

    /** One for each refused message, so that it can be booked only once. */
    private static String transIdo(Activity activity, Refused refused) {
        return "%s%015d".formatted(activity.name(), refused.serial());
    }

    private AddressedMessage message(Activity activity, Refused refused, String comment, Instant now) {
        Map<String, String> times = activity == Activity.RETURN ? Map.of("RejectTime", Serial.time(now)) : Map.of();
        return notices.aboutTicket(
                activity,
                refused.sender(),
                refused.indictSeq(),
                transIdo(activity, refused),
                times,
                comment,
                refused.test(),
                now);
    }
}
