package org.relayhub.delivery;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.Header;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.relayhub.message.codes.ResponseCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The answers of parties that a broker stands before: a message counts as delivered when the broker has it, and the
 * party's own answer comes later, as a document of its own.
 */
public final class LateAnswers {

    private static final Logger log = LoggerFactory.getLogger(LateAnswers.class);

    private final JdbcClient database;
    private final String hub;
    private final Duration lease;

    LateAnswers(JdbcClient database, String hub, Duration lease) {
        this.database = database;
        this.hub = hub;
        this.lease = lease;
    }

    /**
     * Takes a party's answer. A good one is written down beside the try that it answers; any other opens the delivery
     * again, so that the answer is judged as if it had come at once.
     *
     * @return the delivery, claimed; null where nothing is left to do
     * @throws MalformedDocumentException if it answers nothing that was sent to the party
     */
    public @Nullable Claim reopen(InboundDocument inbound) {
        Response response = inbound.document().response();
        if (inbound.document().headerFault() != null || response == null) {
            throw new MalformedDocumentException("the answer breaks the schema");
        }
        Header header = inbound.document().header();
        Party party = Party.ofUser(inbound.identity())
                .orElseThrow(() -> new MalformedDocumentException("an answer of nobody that is a party"));
        if (response.rspCode().equals(ResponseCodes.SUCCESS)) {
            if (!note(header, party, response)) {
                requireSent(header, party);
            }
            return null;
        }
        Optional<Claim> claim = claim(header, party);
        if (claim.isEmpty()) {
            requireSent(header, party);
            log.info("{} has answered a message that is settled already, with {}", party, response.rspCode());
        }
        return claim.orElse(null);
    }

    private boolean note(Header header, Party party, Response response) {
        return database.sql("""
                        update attempt a
                           set description = :description, trans_idh = :transIdh
                          from delivery d join message m using (serial)
                         where m.sender = :sender and m.trans_ido = :transIdo and d.party = :party
                           and d.state = 'delivered'
                           and a.delivery_id = d.delivery_id
                           and a.attempt = (select max(attempt) from attempt where delivery_id = d.delivery_id)
                        """)
                        .param("description", response.rspDesc())
                        .param("transIdh", header.transIdh())
                        .param("sender", header.sender().toString())
                        .param("transIdo", header.transIdo())
                        .param("party", party.toString())
                        .update()
                > 0;
    }

    private Optional<Claim> claim(Header header, Party party) {
        return database.sql("""
                        update delivery d
                           set state = 'retrying',
                               holds = true,
                               claims = d.claims + 1,
                               hub = :hub,
                               next_try_at = now() + :lease * interval '1 millisecond',
                               settled_at = null
                          from message m
                         where m.serial = d.serial
                           and m.sender = :sender and m.trans_ido = :transIdo and d.party = :party
                           and d.state = 'delivered'
                        returning d.delivery_id, d.claims, d.attempts, d.serial, m.activity, m.document
                        """)
                .param("hub", hub)
                .param("lease", lease.toMillis())
                .param("sender", header.sender().toString())
                .param("transIdo", header.transIdo())
                .param("party", party.toString())
                .query((row, n) -> new Claim(
                        row.getLong("delivery_id"),
                        row.getInt("claims"),
                        row.getInt("attempts"),
                        row.getLong("serial"),
                        party,
                        Activity.of(row.getString("activity")),
                        row.getString("document")))
                .optional();
    }

    private void requireSent(Header header, Party party) {
        boolean sent = database.sql("""
                        select 1 from delivery d join message m using (serial)
                         where m.sender = :sender and m.trans_ido = :transIdo and d.party = :party limit 1
                        """)
                .param("sender", header.sender().toString())
                .param("transIdo", header.transIdo())
                .param("party", party.toString())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!sent) {
            throw new MalformedDocumentException("it answers nothing that was sent to the party");
        }
    }
}
