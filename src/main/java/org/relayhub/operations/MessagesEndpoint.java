package org.relayhub.operations;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.MessageDesk;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.Page;
import org.relayhub.operations.desk.PersonalData;
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

    private final MessageDesk desk;
    private final JdbcClient database;

    MessagesEndpoint(MessageDesk desk, JdbcClient database) {
        this.desk = desk;
        this.database = database;
    }

    /** A TransIDO may hold a slash, so it is the rest of the path. */
    @GetMapping("/messages/{party}/{*transIdo}")
    Message message(@PathVariable Party party, @PathVariable String transIdo, Authentication authentication) {
        PersonalData personal = PersonalData.seenBy(Caller.of(authentication));
        return desk.find(party, transIdo.substring(1))
                .map(message -> shown(message, personal))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "No message of " + party + " with this TransIDO is known."));
    }

    private Message shown(MessageDesk.Message message, PersonalData personal) {
        MessageDesk.Documents documents = desk.documents(message, personal);
        return new Message(
                message.sender().toString(),
                message.transIdo(),
                message.transIdh(),
                Moment.shown(message.at()),
                message.home().toString(),
                message.activity(),
                message.indictSeq(),
                message.test() ? "1" : "0",
                message.transport(),
                message.code(),
                personal.words(message.description()),
                !personal.shown(),
                documents.document(),
                documents.passedOn(),
                documents.answer(),
                message.deliveries().stream()
                        .map(sent -> new Delivery(
                                sent.id(),
                                sent.party().toString(),
                                sent.state(),
                                Moment.shownIfAny(sent.nextTryAt()),
                                sent.tries().stream()
                                        .map(one -> shown(one, personal))
                                        .toList()))
                        .toList());
    }

    private static Try shown(MessageDesk.Try one, PersonalData personal) {
        return new Try(
                Moment.shown(one.at()),
                one.hub(),
                one.millis(),
                one.code(),
                personal.words(one.description()),
                one.transIdh());
    }

    @GetMapping("/refusals")
    Page<Refusal> refusals(
            @RequestParam(required = false) @Nullable String identity,
            @RequestParam(required = false) @Nullable Moment from,
            @RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page,
            Authentication authentication) {
        PersonalData personal = PersonalData.seenBy(Caller.of(authentication));
        var since = Moment.from(from);
        return Page.read(page, (offset, limit) -> database.sql("""
                                select * from refusal
                                 where (cast(:identity as text) is null or identity = :identity)
                                   and at >= coalesce(cast(:from as timestamptz), '-infinity')
                                 order by at desc, refusal_id desc offset :offset limit :limit
                                """)
                .param("identity", identity)
                .param("from", since == null ? null : Timestamp.from(since))
                .param("offset", offset)
                .param("limit", limit)
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
}
