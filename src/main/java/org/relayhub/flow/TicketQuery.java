package org.relayhub.flow;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Answer;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Response;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Leg;
import org.relayhub.ticket.Receipt;
import org.relayhub.ticket.Ticket;
import org.relayhub.ticket.Tickets;

/** The steps of the route {@code query}: the home party's answer, or the ledger's where it cannot answer in time. */
public final class TicketQuery {

    private static final String ANSWER_ELEMENT = "QueryRsp";

    private final Ledger ledger;
    private final Tickets tickets;
    private final Directory directory;
    private final DocumentReader reader;
    private final ResponseDocument documents;
    private final ResponseCodes codes;
    private final Clock clock;

    public TicketQuery(
            Ledger ledger,
            Tickets tickets,
            Directory directory,
            DocumentReader reader,
            ResponseDocument documents,
            ResponseCodes codes,
            Clock clock) {
        this.ledger = ledger;
        this.tickets = tickets;
        this.directory = directory;
        this.reader = reader;
        this.documents = documents;
        this.codes = codes;
        this.clock = clock;
    }

    /**
     * What was answered when this query came before; null if it is new and may be asked.
     *
     * @throws RefusalException 0103, 2901 or 2903
     */
    public @Nullable Answer findEarlier(AddressedMessage query) {
        return ledger.findAnswered(query)
                .map(document -> answer(reader.read(document)))
                .orElseGet(() -> {
                    ledger.checkQuery(query);
                    return null;
                });
    }

    /** The query on its way to the home party; it carries the sender's own serial, as it may be sent twice without harm. */
    public PeerCall call(AddressedMessage query) {
        PartyEntry home = directory.get(query.home());
        return new PeerCall(home, home.form().render(query.canonical(), null), true);
    }

    /** Takes the home party's answer, or the ledger's if the home party's is none that the sender can use. */
    public @Nullable Answer choose(PeerAnswer home, AddressedMessage query) {
        Answer answer = home instanceof PeerAnswer.Answered answered && isUseful(answered.document())
                ? answer(answered.document())
                : fromLedger(query);
        Receipt receipt = ledger.recordAnswered(
                query, answer.code(), answer.description(), documents.canonical(query.document(), answer));
        // The same query may have been answered meanwhile; the first answer is the answer.
        return receipt.repeated() ? findEarlier(query) : answer;
    }

    private boolean isUseful(InterBossDocument answer) {
        Response response = Objects.requireNonNull(answer.response());
        if (response.rspCode().equals(ResponseCodes.SUCCESS)) {
            return answer.bodyFault() == null
                    && answer.body() != null
                    && answer.body().element().equals(ANSWER_ELEMENT);
        }
        // The hub knows the ticket, so a home party that does not has simply not been told yet: its dispatch still
        // waits.
        return !response.rspCode().equals(ResponseCodes.UNKNOWN_TICKET)
                && !response.rspCode().equals(ResponseCodes.NOT_YOUR_LEG)
                && !codes.of(response.rspCode(), response.rspType()).retry();
    }

    private Answer answer(InterBossDocument document) {
        Response response = Objects.requireNonNull(document.response());
        Header header = document.header();
        return new Answer(
                response.rspCode(),
                response.rspDesc(),
                header.transIdh() == null ? "-" : header.transIdh(),
                header.transIdhTime() == null ? Serial.compactTime(clock.instant()) : header.transIdhTime(),
                document.bodyFault() == null ? document.body() : null);
    }

    private Answer fromLedger(AddressedMessage query) {
        Ticket ticket = tickets.find(Objects.requireNonNull(query.indictSeq())).orElseThrow();
        Leg leg = ticket.legs().stream()
                .filter(candidate -> candidate.upstream().equals(query.sender())
                        || candidate.downstream().equals(query.sender()))
                .findFirst()
                .orElseThrow();
        Instant now = clock.instant();
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", ticket.indictSeq());
        values.put("Status", leg.state().name());
        values.put("CurrentNode", ticket.currentNode().toString());
        values.put("Round", String.valueOf(leg.round()));
        values.put("Urges", String.valueOf(leg.urges()));
        if (leg.handlingDept() != null) {
            values.put("HandlingDept", leg.handlingDept());
        }
        if (leg.handlingStaff() != null) {
            values.put("HandlingStaff", leg.handlingStaff());
        }
        values.put("UpdatedTime", Serial.time(leg.updatedAt()));
        values.put("Source", "HUB");
        Body body = BodyText.of(ANSWER_ELEMENT, values);
        return new Answer(ResponseCodes.SUCCESS, "", serial(), Serial.compactTime(now), body);
    }

    /** A serial of the hub's own for an answer that is no message of the ledger; 30 characters. */
    private static String serial() {
        return "HUBQ" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);
    }
}
