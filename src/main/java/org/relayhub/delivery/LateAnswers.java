package org.relayhub.delivery;

import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Header;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.trace.SpanNames;
import org.relayhub.trace.Traceparent;
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
     * Takes a party's answer. A good one to a message that counts as delivered is written down beside the try that it
     * answers. Any other takes the delivery over, so that the answer is judged as if it had come at once: also from this
     * hub's own hands, since a party may answer before the hub has booked that the broker has the message.
     *
     * @return the delivery, claimed; null where nothing is left to do
     * @throws MalformedDocumentException if it answers nothing that was sent to the party
     */
    public @Nullable Claim take(InboundDocument inbound) {
        Response response = inbound.document().response();
        if (inbound.document().headerFault() != null || response == null) {
            throw new MalformedDocumentException("the answer breaks the schema");
        }
        Header header = inbound.document().header();
        Party party = Party.ofUser(inbound.identity())
                .orElseThrow(() -> new MalformedDocumentException("an answer of nobody that is a party"));
        boolean good = response.rspCode().equals(ResponseCodes.SUCCESS);
        Sent sent = requireSent(header, party);
        sent.name(Span.current());
        Optional<Claim> claim = claim(header, party, good ? "pending retrying" : "pending retrying delivered");
        if (claim.isEmpty() && !(good && note(header, party, response))) {
            log.info("{} has answered a message that is settled already, with {}", party, response.rspCode());
        }
        return claim.orElse(null);
    }

    /**
     * What was sent to the party.
     *
     * @param indictSeq null where it is about no ticket
     * @param traceparent the span that has booked it; null where it was not traced
     */
    private record Sent(
            @Nullable String indictSeq, @Nullable String traceparent) {

        /** Has the span of the answer say what it answers. */
        void name(Span answer) {
            if (indictSeq != null) {
                answer.setAttribute(SpanNames.INDICT_SEQ, indictSeq);
            }
            Span message = Span.fromContext(Traceparent.read(traceparent));
            if (message.getSpanContext().isValid()) {
                answer.addLink(message.getSpanContext());
            }
        }
    }

    private boolean note(Header header, Party party, Response response) {
        return database.sql("""
                        with answered as (
                            update delivery d
                               set last_error = :description
                              from received_serial r
                             where r.serial = d.serial and r.story = d.story
                               and r.sender = :sender and r.trans_ido = :transIdo and d.party = :party
                               and d.state = 'delivered'
                            returning d.delivery_id, d.story
                        )
                        update attempt a
                           set description = :description, trans_idh = :transIdh
                          from answered
                         where a.delivery_id = answered.delivery_id and a.story = answered.story
                           and a.attempt = (select max(attempt) from attempt where delivery_id = answered.delivery_id)
                        """)
                        .param("description", response.rspDesc())
                        .param("transIdh", header.transIdh())
                        .param("sender", header.sender().toString())
                        .param("transIdo", header.transIdo())
                        .param("party", party.toString())
                        .update()
                > 0;
    }

    /** @param states those in which it is taken over, if it was tried before */
    private Optional<Claim> claim(Header header, Party party, String states) {
        return database.sql("""
                        update delivery d
                           set state = 'retrying',
                               holds = true,
                               claims = d.claims + 1,
                               hub = :hub,
                               next_try_at = now() + :lease * interval '1 millisecond',
                               settled_at = null
                          from received_serial r join message m using (serial, story)
                         where r.serial = d.serial and r.story = d.story
                           and r.sender = :sender and r.trans_ido = :transIdo and d.party = :party
                           and d.state = any (string_to_array(:states, ' ')) and d.claims > 0
                        returning d.delivery_id, d.story, d.claims, d.attempts, d.serial, d.party, m.activity, m.document,
                                  m.indict_seq, m.trans_ido, m.received_at, m.test, m.traceparent
                        """)
                .param("hub", hub)
                .param("lease", lease.toMillis())
                .param("states", states)
                .param("sender", header.sender().toString())
                .param("transIdo", header.transIdo())
                .param("party", party.toString())
                .query(Claim::of)
                .optional();
    }

    private Sent requireSent(Header header, Party party) {
        return database.sql("""
                        select m.indict_seq, m.traceparent
                          from received_serial r
                          left join message m using (serial, story)
                          left join delivery d on d.serial = r.serial and d.story = r.story and d.party = :party
                         where r.sender = :sender and r.trans_ido = :transIdo
                               -- what is archived was settled long ago, whoever it was sent to
                           and (d.delivery_id is not null or m.serial is null)
                         limit 1
                        """)
                .param("sender", header.sender().toString())
                .param("transIdo", header.transIdo())
                .param("party", party.toString())
                .query((row, n) -> new Sent(row.getString("indict_seq"), row.getString("traceparent")))
                .optional()
                .orElseThrow(() -> new MalformedDocumentException("it answers nothing that was sent to the party"));
    }
}
