package org.relayhub.flow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Answer;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Leg;
import org.relayhub.ticket.Ticket;
import org.relayhub.ticket.Tickets;

/** The steps of the route {@code query}: the home party's answer, or the ledger's where it cannot answer in time. */
public final class TicketQuery {

    private static final String ANSWER_ELEMENT = "QueryRsp";

    private final Ledger ledger;
    private final Tickets tickets;
    private final Directory directory;
    private final HomeAnswers answers;
    private final ResponseCodes codes;
    private final MeterRegistry meters;

    public TicketQuery(
            Ledger ledger,
            Tickets tickets,
            Directory directory,
            HomeAnswers answers,
            ResponseCodes codes,
            MeterRegistry meters) {
        this.meters = meters;
        this.ledger = ledger;
        this.tickets = tickets;
        this.directory = directory;
        this.answers = answers;
        this.codes = codes;
    }

    /**
     * The query on its way to the home party; it carries the sender's own serial, as it may be sent twice without harm.
     *
     * @throws RefusalException 2901 or 2903 if the sender may not ask
     */
    public PeerCall call(AddressedMessage query) {
        ledger.checkQuery(query);
        PartyEntry home = directory.get(query.home());
        return new PeerCall(home, home.form().render(query.canonical(), null), true);
    }

    /** Takes the home party's answer, or the ledger's if the home party's is none that the sender can use. */
    public Answer choose(PeerAnswer home, AddressedMessage query) {
        boolean useful = home instanceof PeerAnswer.Answered answered && isUseful(answered);
        Counter.builder("hub.query.answers")
                .description("answers to queries of tickets, by whether the home party gave them or the ledger")
                .tag("source", useful ? "HOME" : "HUB")
                .register(meters)
                .increment();
        Answer answer = useful ? answers.of(((PeerAnswer.Answered) home).document()) : fromLedger(query);
        return answers.book(query, answer);
    }

    private boolean isUseful(PeerAnswer.Answered answer) {
        if (answer.whyNot(ANSWER_ELEMENT).isEmpty()) {
            return true;
        }
        // The hub knows the ticket, so a home party that does not has simply not been told yet: its dispatch still
        // waits.
        String code = answer.response().rspCode();
        return answer.isFinalRefusal(codes)
                && !code.equals(ResponseCodes.UNKNOWN_TICKET)
                && !code.equals(ResponseCodes.NOT_YOUR_LEG);
    }

    private Answer fromLedger(AddressedMessage query) {
        Ticket ticket = tickets.find(Objects.requireNonNull(query.indictSeq())).orElseThrow();
        Leg leg = ticket.legs().stream()
                .filter(candidate -> candidate.upstream().equals(query.sender())
                        || candidate.downstream().equals(query.sender()))
                .findFirst()
                .orElseThrow();
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
        return answers.own(BodyText.of(ANSWER_ELEMENT, values));
    }
}
