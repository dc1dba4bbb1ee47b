package org.relayhub.operations;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.security.Caller;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/messages} and {@code /api/refusals}: a document, and what became of it, whether it was booked or not. */
@RestController
@RequestMapping("/api")
final class MessagesEndpoint {

    record Try(
            OffsetDateTime at,
            String hub,
            int millis,
            String code,
            String description,
            @Nullable String transIdh) {}

    record Delivery(
            long id, String party, String state, @Nullable OffsetDateTime nextTryAt, List<Try> tries) {}

    /**
     * One message.
     *
     * @param transIdh the hub's serial of it
     * @param passedOn what went on to the home party, where the hub has added to it; null where it went on as it came
     * @param answer the canonical answer of a synchronous activity; null of any other
     * @param masked whether personal data was left out of documents, answer and descriptions
     */
    record Message(
            String party,
            String transIdo,
            String transIdh,
            OffsetDateTime receivedAt,
            String home,
            String activity,
            @Nullable String indictSeq,
            String testFlag,
            String transport,
            String rspCode,
            String rspDesc,
            boolean masked,
            String document,
            @Nullable String passedOn,
            @Nullable String answer,
            List<Delivery> deliveries) {}

    /**
     * A document that was refused before it reached a ticket.
     *
     * @param identity who the caller proved to be
     * @param claimed the sender that the document named
     * @param activity its ActivityCode
     */
    record Refusal(
            long id,
            OffsetDateTime at,
            @Nullable String identity,
            @Nullable String claimed,
            @Nullable String transIdo,
            @Nullable String activity,
            String transport,
            String code,
            String description) {}

    private final JdbcClient database;

    MessagesEndpoint(JdbcClient database) {
        this.database = database;
    }

    /** A TransIDO may hold a slash, so it is the rest of the path. */
    @GetMapping("/messages/{party}/{*transIdo}")
    Message message(@PathVariable Party party, @PathVariable String transIdo, Authentication authentication) {
        PersonalData personal = PersonalData.seenBy(Caller.of(authentication));
        Map<String, String> key = Map.of("sender", party.toString(), "transIdo", transIdo.substring(1));
        // One after the other, so that a call never holds two connections.
        Map<Long, List<Try>> tries = tries(key, personal);
        List<Delivery> deliveries = deliveries(key, tries);
        return database.sql("select * from message where sender = :sender and trans_ido = :transIdo")
                .params(key)
                .query((row, n) -> message(row, deliveries, personal))
                .optional()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "No message of " + party + " with this TransIDO is known."));
    }

    private static Message message(ResultSet row, List<Delivery> deliveries, PersonalData personal)
            throws SQLException {
        String document = row.getString("document");
        String passedOn = row.getString("passed_on");
        String answer = row.getString("answer");
        return new Message(
                row.getString("sender"),
                row.getString("trans_ido"),
                Serial.of(row.getLong("serial")),
                at(row, "received_at"),
                row.getString("home"),
                row.getString("activity"),
                row.getString("indict_seq"),
                row.getBoolean("test") ? "1" : "0",
                row.getString("transport"),
                row.getString("rsp_code"),
                personal.words(row.getString("rsp_desc")),
                !personal.shown(),
                personal.document(document),
                passedOn == null ? null : personal.document(passedOn),
                answer == null ? null : personal.document(answer),
                deliveries);
    }

    private List<Delivery> deliveries(Map<String, String> key, Map<Long, List<Try>> tries) {
        return database.sql("""
                        select d.delivery_id, d.party, d.state,
                               case when d.state in ('pending', 'retrying') then d.next_try_at end as next_try_at
                          from message m join delivery d using (serial)
                         where m.sender = :sender and m.trans_ido = :transIdo
                         order by d.delivery_id
                        """)
                .params(key)
                .query((row, n) -> new Delivery(
                        row.getLong("delivery_id"),
                        row.getString("party"),
                        row.getString("state"),
                        atIfAny(row, "next_try_at"),
                        tries.getOrDefault(row.getLong("delivery_id"), List.of())))
                .list();
    }

    private record TryOf(long deliveryId, Try attempt) {}

    private Map<Long, List<Try>> tries(Map<String, String> key, PersonalData personal) {
        return database
                .sql("""
                        select a.*
                          from message m join delivery d using (serial) join attempt a using (delivery_id)
                         where m.sender = :sender and m.trans_ido = :transIdo
                         order by a.attempt
                        """)
                .params(key)
                .query((row, n) -> new TryOf(
                        row.getLong("delivery_id"),
                        new Try(
                                at(row, "at"),
                                row.getString("hub"),
                                row.getInt("millis"),
                                row.getString("code"),
                                personal.words(row.getString("description")),
                                row.getString("trans_idh"))))
                .list()
                .stream()
                .collect(Collectors.groupingBy(
                        TryOf::deliveryId, Collectors.mapping(TryOf::attempt, Collectors.toList())));
    }

    @GetMapping("/refusals")
    Page<Refusal> refusals(
            @RequestParam(required = false) @Nullable String identity,
            @RequestParam(required = false) @Nullable Moment from,
            @RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page,
            Authentication authentication) {
        PersonalData personal = PersonalData.seenBy(Caller.of(authentication));
        var since = Moment.from(from);
        return Page.of(
                page,
                database.sql("""
                                select * from refusal
                                 where (cast(:identity as text) is null or identity = :identity)
                                   and at >= coalesce(cast(:from as timestamptz), '-infinity')
                                 order by at desc, refusal_id desc offset :offset limit :limit
                                """)
                        .param("identity", identity)
                        .param("from", since == null ? null : Timestamp.from(since))
                        .param("offset", Page.offset(page))
                        .param("limit", Page.limit())
                        .query((row, n) -> new Refusal(
                                row.getLong("refusal_id"),
                                at(row, "at"),
                                row.getString("identity"),
                                row.getString("claimed"),
                                row.getString("trans_ido"),
                                row.getString("activity"),
                                row.getString("transport"),
                                row.getString("code"),
                                personal.words(row.getString("description"))))
                        .list());
    }

    private static OffsetDateTime at(ResultSet row, String column) throws SQLException {
        return Moment.shown(row.getTimestamp(column).toInstant());
    }

    private static @Nullable OffsetDateTime atIfAny(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : Moment.shown(at.toInstant());
    }
}
