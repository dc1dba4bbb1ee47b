package org.relayhub.standalone.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.Answer;
import org.relayhub.message.Body;
import org.relayhub.message.Fault;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.standalone.simulation.peer.Incoming;
import org.relayhub.standalone.simulation.peer.PeerBehaviour;
import org.relayhub.standalone.simulation.peer.PlannedActions;
import org.relayhub.standalone.simulation.peer.Reaction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a document for a peer: checks it, has it acted upon once, and gives the same answer as often as it comes.
 */
final class Reception {

    /** @param late whether the answer is to come too late */
    record Answered(String canonical, boolean late) {}

    private record Earlier(byte[] digest, String answer) {}

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final PlannedActions serials;
    private final ActivityCodes codes;
    private final DocumentWriter writer;
    private final ResponseDocument answers;
    private final Clock clock;

    Reception(
            JdbcClient database,
            TransactionOperations transaction,
            PlannedActions serials,
            ActivityCodes codes,
            DocumentWriter writer,
            ResponseDocument answers,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.serials = serials;
        this.codes = codes;
        this.writer = writer;
        this.answers = answers;
        this.clock = clock;
    }

    Answered take(Party self, PeerBehaviour behaviour, InterBossDocument document) {
        Instant now = clock.instant();
        Fault fault = document.headerFault() != null ? document.headerFault() : document.bodyFault();
        if (fault != null) {
            Reaction refused = Reaction.refused(fault.code(), fault.description());
            return new Answered(answer(self, document, refused, now), false);
        }
        Answered answered = transaction.execute(status -> takeOnce(self, behaviour, document, now, status));
        if (answered == null) {
            throw new IllegalStateException("the transaction gave no answer");
        }
        return answered;
    }

    private Answered takeOnce(
            Party self, PeerBehaviour behaviour, InterBossDocument document, Instant now, TransactionStatus status) {
        Header header = document.header();
        byte[] digest = digest(writer.write(document));
        boolean first = database.sql("""
                        insert into simulation.received (party, sender, trans_ido, digest, received_at)
                        values (:party, :sender, :transIdo, :digest, :now)
                        on conflict do nothing
                        """)
                        .param("party", self.toString())
                        .param("sender", header.sender().toString())
                        .param("transIdo", header.transIdo())
                        .param("digest", digest)
                        .param("now", Timestamp.from(now))
                        .update()
                == 1;
        if (!first) {
            Earlier earlier = earlier(self, header);
            return Arrays.equals(earlier.digest(), digest)
                    ? new Answered(earlier.answer(), false)
                    : new Answered(answer(self, document, Reaction.refused(ResponseCodes.DUPLICATE, ""), now), false);
        }
        Reaction reaction = react(self, behaviour, document, now);
        String answer = answer(self, document, reaction, now);
        if (reaction.forgotten()) {
            status.setRollbackOnly();
        } else {
            remember(self, header, answer);
        }
        return new Answered(answer, reaction.late());
    }

    private Reaction react(Party self, PeerBehaviour behaviour, InterBossDocument document, Instant now) {
        ActivityCodes.Row row = codes.byCode(document.header().activityCode());
        if (row == null || !document.header().request()) {
            return Reaction.refused(ResponseCodes.HEADER_FORMAT, "ActivityCode: no request of a known activity");
        }
        Body body = document.body();
        if (body == null || !body.element().equals(row.requestElement())) {
            return Reaction.refused(ResponseCodes.BODY_FORMAT, "SvcCont: wanted " + row.requestElement());
        }
        if (row.activity() == Activity.NOTICE) {
            return Reaction.accepted();
        }
        if (body.find("IndictSeq") == null) {
            return Reaction.refused(ResponseCodes.LINK_WITHOUT_ACTIVITY, "ActivityCode: not handled here");
        }
        return behaviour.on(new Incoming(
                self,
                document.header().sender(),
                row.activity(),
                document.header().test(),
                body,
                now));
    }

    private String answer(Party self, InterBossDocument document, Reaction reaction, Instant now) {
        @Nullable Body body = reaction.body();
        return answers.canonical(
                document,
                new Answer(
                        reaction.code(),
                        reaction.description(),
                        serials.serial(self, now),
                        Serial.compactTime(now),
                        body));
    }

    private Earlier earlier(Party self, Header header) {
        return database.sql("""
                        select digest, answer from simulation.received
                         where party = :party and sender = :sender and trans_ido = :transIdo
                        """)
                .param("party", self.toString())
                .param("sender", header.sender().toString())
                .param("transIdo", header.transIdo())
                .query((row, n) -> new Earlier(row.getBytes("digest"), row.getString("answer")))
                .single();
    }

    private void remember(Party self, Header header, String answer) {
        database.sql("""
                        update simulation.received set answer = :answer
                         where party = :party and sender = :sender and trans_ido = :transIdo
                        """)
                .param("answer", answer)
                .param("party", self.toString())
                .param("sender", header.sender().toString())
                .param("transIdo", header.transIdo())
                .update();
    }

    /** Forgets messages that no sender will repeat any more. */
    void forgetBefore(Instant limit) {
        database.sql("delete from simulation.received where received_at < :limit")
                .param("limit", Timestamp.from(limit))
                .update();
    }

    private static byte[] digest(String canonical) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
