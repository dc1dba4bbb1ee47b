package org.relayhub.standalone.simulation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
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
import org.relayhub.standalone.simulation.peer.SimulationSettings;
import org.relayhub.standalone.simulation.service.Question;
import org.relayhub.standalone.simulation.service.Services;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes a document for a peer: checks it, has it acted upon once, and gives the same answer as often as it comes. A
 * question that changes nothing is answered anew each time, without a trace.
 */
final class Reception {

    /**
     * @param late whether the answer is to come too late
     * @param after how long the peer takes to answer in time
     */
    record Answered(String canonical, boolean late, Duration after) {

        Answered(String canonical) {
            this(canonical, false, Duration.ZERO);
        }
    }

    private static final String NO_REQUEST = "ActivityCode: no request of a known activity";

    private record Earlier(byte[] digest, String answer) {}

    private final JdbcClient database;
    private final TransactionOperations transaction;
    private final PlannedActions serials;
    private final FleetingSerials fleeting = new FleetingSerials();
    private final Services services;
    private final SimulationSettings settings;
    private final ActivityCodes codes;
    private final DocumentWriter writer;
    private final ResponseDocument answers;
    private final Clock clock;

    Reception(
            JdbcClient database,
            TransactionOperations transaction,
            PlannedActions serials,
            Services services,
            SimulationSettings settings,
            ActivityCodes codes,
            DocumentWriter writer,
            ResponseDocument answers,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.serials = serials;
        this.services = services;
        this.settings = settings;
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
            return new Answered(answer(self, document, refused, now));
        }
        ActivityCodes.@Nullable Row row = codes.byCode(document.header().activityCode());
        Answered answered = row != null && onlyTells(self, row)
                ? tell(self, document, row, now)
                : transaction.execute(status -> takeOnce(self, behaviour, document, now, status));
        if (answered == null) {
            throw new IllegalStateException("the transaction gave no answer");
        }
        return row != null && row.mode() == ActivityCodes.Mode.SYNCHRONOUS ? asSlowAs(self, answered) : answered;
    }

    /** Whether nothing is different afterwards: then there is nothing to remember either. */
    private boolean onlyTells(Party self, ActivityCodes.Row row) {
        return services.answers(self, row.activity()) && !Services.changes(row.activity());
    }

    private Answered tell(Party self, InterBossDocument document, ActivityCodes.Row row, Instant now) {
        Fault unfit = unfit(document, row);
        Reaction reaction = unfit == null
                ? services.answer(new Question(self, row.activity(), document.requireBody(), now))
                : Reaction.refused(unfit.code(), unfit.description());
        String answer = answer(document, reaction, fleeting.next(self, now), now);
        return new Answered(answer, reaction.late(), Duration.ZERO);
    }

    private Answered asSlowAs(Party self, Answered answered) {
        return new Answered(
                answered.canonical(), answered.late() || settings.hanging().contains(self), settings.latency());
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
                    ? new Answered(earlier.answer())
                    : new Answered(answer(self, document, Reaction.refused(ResponseCodes.DUPLICATE, ""), now));
        }
        Reaction reaction = react(self, behaviour, document, now);
        String answer = answer(self, document, reaction, now);
        if (reaction.forgotten()) {
            status.setRollbackOnly();
        } else {
            remember(self, header, answer);
        }
        return new Answered(answer, reaction.late(), Duration.ZERO);
    }

    private Reaction react(Party self, PeerBehaviour behaviour, InterBossDocument document, Instant now) {
        ActivityCodes.@Nullable Row row = codes.byCode(document.header().activityCode());
        if (row == null) {
            return Reaction.refused(ResponseCodes.HEADER_FORMAT, NO_REQUEST);
        }
        Fault unfit = unfit(document, row);
        if (unfit != null) {
            return Reaction.refused(unfit.code(), unfit.description());
        }
        Body body = document.requireBody();
        if (services.answers(self, row.activity())) {
            return services.answer(new Question(self, row.activity(), body, now));
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

    private static @Nullable Fault unfit(InterBossDocument document, ActivityCodes.Row row) {
        if (!document.header().request()) {
            return new Fault(ResponseCodes.HEADER_FORMAT, NO_REQUEST);
        }
        Body body = document.body();
        return body != null && body.element().equals(row.requestElement())
                ? null
                : new Fault(ResponseCodes.BODY_FORMAT, "SvcCont: wanted " + row.requestElement());
    }

    private String answer(Party self, InterBossDocument document, Reaction reaction, Instant now) {
        return answer(document, reaction, serials.serial(self, now), now);
    }

    private String answer(InterBossDocument document, Reaction reaction, String serial, Instant now) {
        return answers.canonical(
                document,
                new Answer(reaction.code(), reaction.description(), serial, Serial.compactTime(now), reaction.body()));
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
