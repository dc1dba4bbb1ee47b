package org.relayhub.ticket;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codec.HubDocuments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Tells parties what the hub has to say of its own accord: a message of the ledger like any other, about no leg. */
public final class Notices {

    private static final int TITLE_LIMIT = 200;
    private static final int CONTENT_LIMIT = 2000;

    /** What a notice is about. */
    public enum Kind {
        SP_FILE_DUE,
        SLA_WARNING,
        SLA_BREACH
    }

    /**
     * What is told.
     *
     * @param title cut to what the contract allows, like the content
     * @param indictSeq the ticket that it is about; null if it is about none
     * @param dueTime until when something is to be done; null if nothing is
     */
    public record Notice(
            Kind kind,
            String title,
            String content,
            @Nullable String indictSeq,
            @Nullable Instant dueTime) {}

    private final LedgerRows rows;
    private final TransactionTemplate transaction;
    private final HubDocuments documents;
    private final Clock clock;

    public Notices(JdbcClient database, TransactionTemplate transaction, HubDocuments documents, Clock clock) {
        this.rows = new LedgerRows(database);
        this.transaction = transaction;
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * Sends a notice to a party, once however often and by however many hubs it is called.
     *
     * @param transIdo names it: the hub's own, and never used for another
     * @return whether it was new
     */
    public boolean send(Party party, String transIdo, Notice notice) {
        Boolean sent = transaction.execute(status -> {
            Instant now = clock.instant();
            Optional<LedgerRows.Booked> message = rows.bookMessage(
                    message(party, transIdo, notice, now), transIdo.getBytes(StandardCharsets.UTF_8), now);
            message.ifPresent(booked -> rows.queue(booked, party, null, now));
            return message.isPresent();
        });
        return Boolean.TRUE.equals(sent);
    }

    /**
     * Urges a party in the name of the hub, once however often it is called. The leg's urges grow, and what waits on it goes
     * first, as if its upstream had urged.
     *
     * @param transIdo names it: the hub's own, and never used for another
     */
    public void urge(String indictSeq, long legId, Party downstream, String transIdo, String comment) {
        transaction.executeWithoutResult(status -> {
            Instant now = clock.instant();
            AddressedMessage urge =
                    aboutTicket(Activity.URGE, downstream, indictSeq, transIdo, Map.of(), comment, false, now);
            rows.bookMessage(urge, transIdo.getBytes(StandardCharsets.UTF_8), now)
                    .ifPresent(booked -> {
                        rows.moveLeg(legId, indictSeq, LegState.DISPATCHED, 0, 1, false, LedgerRows.NOTHING_NEW, now);
                        rows.touchTicket(indictSeq, now);
                        rows.hurry(legId, indictSeq, downstream);
                        rows.queue(booked, downstream, legId, now);
                    });
        });
    }

    /**
     * A message of the hub about a ticket, handled by nobody.
     *
     * @param times what the activity's body has between the ticket and who handled it
     * @param comment cut to what the contract allows
     */
    AddressedMessage aboutTicket(
            Activity activity,
            Party party,
            String indictSeq,
            String transIdo,
            Map<String, String> times,
            String comment,
            boolean test,
            Instant now) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", indictSeq);
        values.putAll(times);
        values.put("HandlingDept", "HUB");
        values.put("HandlingStaff", Party.HUB.toString());
        values.put("HandlingComment", BodyText.fitted(comment, CONTENT_LIMIT));
        return message(activity, party, transIdo, values, test, now);
    }

    private AddressedMessage message(Party party, String transIdo, Notice notice, Instant now) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("Kind", notice.kind().name());
        values.put("Title", BodyText.fitted(notice.title(), TITLE_LIMIT));
        values.put("Content", BodyText.fitted(notice.content(), CONTENT_LIMIT));
        if (notice.indictSeq() != null) {
            values.put("IndictSeq", notice.indictSeq());
        }
        if (notice.dueTime() != null) {
            values.put("DueTime", Serial.time(notice.dueTime()));
        }
        return message(Activity.NOTICE, party, transIdo, values, false, now);
    }

    private AddressedMessage message(
            Activity activity, Party party, String transIdo, Map<String, String> values, boolean test, Instant now) {
        return documents.request(
                party, activity, transIdo, BodyText.of(documents.element(activity), values), test, now);
    }
}
