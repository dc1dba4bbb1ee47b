package org.relayhub.operations;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.OffsetDateTime;
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
    MessageDesk.Message message(
            @PathVariable Party party, @PathVariable String transIdo, Authentication authentication) {
        return desk.find(party, transIdo.substring(1), PersonalData.seenBy(Caller.of(authentication)))
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "No message of " + party + " with this TransIDO is known."));
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
}
