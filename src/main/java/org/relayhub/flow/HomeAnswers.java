package org.relayhub.flow;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Answer;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Response;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.FirstAnswer;
import org.relayhub.ticket.Handlings;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Receipt;

/** What every synchronous activity needs: the answer of the first time, the answer of another party, and their booking. */
public final class HomeAnswers {

    private final ActivityCodes activities;
    private final Ledger ledger;
    private final Handlings handlings;
    private final DocumentReader reader;
    private final ResponseDocument documents;
    private final Clock clock;

    public HomeAnswers(
            ActivityCodes activities,
            Ledger ledger,
            Handlings handlings,
            DocumentReader reader,
            ResponseDocument documents,
            Clock clock) {
        this.activities = activities;
        this.handlings = handlings;
        this.ledger = ledger;
        this.reader = reader;
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * What was answered when a synchronous message came before; null if it is new. It is the first thing that is asked of
     * one: whatever has changed since, the first answer is the answer. What is booked in the ledger's own transaction is
     * looked for there.
     *
     * @throws RefusalException 0103 if the sender has used the TransIDO for another content
     */
    public @Nullable Answer findEarlier(AddressedMessage message) {
        return activities.of(message.activity()).mode() == ActivityCodes.Mode.ASYNCHRONOUS
                ? null
                : ledger.findFirst(message).map(this::first).orElse(null);
    }

    /** The first answer again; of a handling that nobody knows the outcome of, 0102. */
    Answer first(FirstAnswer first) {
        return first.answer() == null
                ? inDoubt(
                        first.serial(),
                        first.receivedAt(),
                        handlings.isUnderWay(first.serial()) ? Handlings.UNDER_WAY : Handlings.OUTCOME_UNKNOWN)
                : of(reader.read(first.answer()));
    }

    /** The answer to a handling that may have been done or not. */
    static Answer inDoubt(long serial, Instant at, String why) {
        return new Answer(ResponseCodes.OUTCOME_UNKNOWN, why, Serial.of(serial), Serial.compactTime(at), null);
    }

    /** Books a message with its answer, and gives what was answered first: it may have been answered meanwhile. */
    public Answer book(AddressedMessage message, Answer answer) {
        Receipt receipt = ledger.recordAnswered(message, answer.code(), answer.description(), write(message, answer));
        return receipt.repeated() ? ledger.findFirst(message).map(this::first).orElse(answer) : answer;
    }

    /** Books a message with an answer of the hub's own, and gives what was answered first. */
    public Answer bookOwn(AddressedMessage message, Body body) {
        return book(message, own(body));
    }

    /** The canonical document of an answer. */
    String write(AddressedMessage message, Answer answer) {
        return documents.canonical(message.document(), answer);
    }

    /** The answer in a document of another party, to be passed on as it is. */
    Answer of(InterBossDocument document) {
        Response response = Objects.requireNonNull(document.response());
        Header header = document.header();
        return new Answer(
                response.rspType(),
                response.rspCode(),
                response.rspDesc(),
                header.transIdh() == null ? "-" : header.transIdh(),
                header.transIdhTime() == null ? Serial.compactTime(clock.instant()) : header.transIdhTime(),
                document.bodyFault() == null ? document.body() : null);
    }

    /** An answer of the hub's own. */
    Answer own(Body body) {
        return new Answer(ResponseCodes.SUCCESS, "", serial(), Serial.compactTime(clock.instant()), body);
    }

    /** A serial of the hub's own for an answer that is no message of the ledger; 30 characters. */
    private static String serial() {
        return "HUBQ" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);
    }
}
