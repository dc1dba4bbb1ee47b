package org.relayhub.flow;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.ExchangeProperty;
import org.relayhub.diagnosis.Conclusion;
import org.relayhub.diagnosis.Diagnoses;
import org.relayhub.diagnosis.Diagnosis;
import org.relayhub.diagnosis.DiagnosisSettings;
import org.relayhub.diagnosis.Finding;
import org.relayhub.diagnosis.Subject;
import org.relayhub.diagnosis.alarm.Alarm;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codes.ServiceCatalogue;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Ticket;
import org.relayhub.ticket.Tickets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code pretreat}: a dispatch of a network service type gets what the hub has found out, if its
 * sender has said nothing itself, and is made more urgent where the network has an alarm. What the hub adds begins with its
 * name; only the party that opened the ticket gets it, once for each dispatch.
 */
public final class Pretreatment {

    private static final Logger log = LoggerFactory.getLogger(Pretreatment.class);

    private static final String NETWORK = "NETW";
    private static final String ELEMENT = "Pretreatment";
    private static final String URGENCY = "UrgentId";
    private static final String AFTER_PRETREATMENT = "ProcessType";
    private static final String AFTER_URGENCY = "HomeProv";
    private static final int LONGEST = 2000;
    private static final int MOST_NAMED = 3;
    private static final String MOST_URGENT = "03";

    private final Directory directory;
    private final ServiceCatalogue services;
    private final Ledger ledger;
    private final Tickets tickets;
    private final Diagnoses diagnoses;
    private final DiagnosisSettings settings;
    private final DocumentWriter writer;
    private final Clock clock;

    public Pretreatment(
            Directory directory,
            ServiceCatalogue services,
            Ledger ledger,
            Tickets tickets,
            Diagnoses diagnoses,
            DiagnosisSettings settings,
            DocumentWriter writer,
            Clock clock) {
        this.directory = directory;
        this.services = services;
        this.ledger = ledger;
        this.tickets = tickets;
        this.diagnoses = diagnoses;
        this.settings = settings;
        this.writer = writer;
        this.clock = clock;
    }

    /** Whether a dispatch gets it. */
    public boolean isWanted(AddressedMessage dispatch) {
        Body body = dispatch.document().requireBody();
        return settings.pretreatment()
                && services.domain(body.get("SvcTypeId"), Serial.day(clock.instant()))
                        .filter(NETWORK::equals)
                        .isPresent()
                && wants(dispatch.sender())
                && wants(dispatch.home())
                && opens(dispatch);
    }

    private boolean wants(Party party) {
        return directory.find(party).map(PartyEntry::pretreatment).orElse(false);
    }

    /** Whether the sender is the one that opens the ticket, with a dispatch that has not come before. */
    private boolean opens(AddressedMessage dispatch) {
        Party origin = tickets.find(dispatch.document().requireBody().get("IndictSeq"))
                .map(Ticket::origin)
                .orElse(dispatch.sender());
        return origin.equals(dispatch.sender()) && !ledger.knows(dispatch);
    }

    /** The diagnosis of the dispatch's number. */
    public Diagnosis open(AddressedMessage dispatch) {
        Body body = dispatch.document().requireBody();
        String number = body.get("MSISDN");
        return diagnoses.begin(
                new Subject(
                        number,
                        null,
                        body.get("SvcTypeId"),
                        directory.segments().province(number).orElse(body.get("HomeProv")),
                        dispatch.document().header().test()),
                settings.pretreatmentBudget());
    }

    /** The dispatch with what the diagnosis has found; as it came, if that is nothing. */
    public AddressedMessage add(Diagnosis diagnosis, @ExchangeProperty("dispatch") AddressedMessage dispatch) {
        Conclusion conclusion = diagnoses.conclude(diagnosis);
        InterBossDocument document = dispatch.document();
        Body before = document.requireBody();
        Instant now = clock.instant();
        String urgency = urgency(before.get(URGENCY), conclusion.alarms(), now);
        String said = before.find(ELEMENT) == null ? "" : before.get(ELEMENT) + "\n";
        String text = said.isEmpty() && conclusion.isInformed() ? diagnosed(conclusion) : "";
        if (!urgency.equals(before.get(URGENCY))) {
            // First, since what is too long is cut at its end.
            text = "紧急程度由%s升为%s：线路或所在区域有告警%s。".formatted(before.get(URGENCY), urgency, names(conclusion.alarms(), now))
                    + text;
        }
        String marked = said + "[" + Party.HUB + " " + Serial.time(now) + "] " + text;
        boolean cut = !BodyText.fitted(marked, LONGEST).equals(marked);
        if (text.isEmpty() || (cut && !said.isEmpty())) {
            // What cannot be marked as the hub's is not done.
            return dispatch;
        }
        Body body = BodyText.with(
                BodyText.with(before, ELEMENT, BodyText.fitted(marked, LONGEST), AFTER_PRETREATMENT),
                URGENCY,
                urgency,
                AFTER_URGENCY);
        return dispatch.passedOnAs(
                body, writer.write(InterBossDocument.of(document.header(), document.response(), body)));
    }

    /** The dispatch as it came: a diagnosis that fails is no reason to keep a ticket waiting. */
    public AddressedMessage without(
            @ExchangeProperty("dispatch") AddressedMessage dispatch,
            @ExchangeProperty("CamelExceptionCaught") Throwable failure) {
        log.error("A dispatch could not be diagnosed, and goes on without", failure);
        return dispatch;
    }

    private String urgency(String urgentId, List<Alarm> alarms, Instant now) {
        boolean raised = !recent(alarms, now).isEmpty() && !urgentId.equals(MOST_URGENT);
        return raised ? "0" + (Integer.parseInt(urgentId) + 1) : urgentId;
    }

    private List<Alarm> recent(List<Alarm> alarms, Instant now) {
        Instant since = now.minus(settings.alarmWindow());
        return alarms.stream()
                .filter(alarm -> !alarm.raisedAt().isBefore(since))
                .toList();
    }

    private String names(List<Alarm> alarms, Instant now) {
        List<Alarm> recent = recent(alarms, now);
        String names = recent.stream().limit(MOST_NAMED).map(Alarm::alarmId).collect(Collectors.joining("、"));
        return recent.size() > MOST_NAMED ? names + "等" + recent.size() + "条" : names;
    }

    private static String diagnosed(Conclusion conclusion) {
        String late = conclusion.findings().stream()
                .filter(finding -> finding.outcome() != Finding.Outcome.OK)
                .map(finding -> finding.source().toString())
                .distinct()
                .collect(Collectors.joining("、"));
        String grounds = conclusion.findings().stream()
                .filter(finding -> finding.outcome() == Finding.Outcome.OK)
                .map(finding -> finding.source() + " " + finding.key() + "=" + finding.value())
                .collect(Collectors.joining("；"));
        return "诊断：" + conclusion.verdict().nameZh() + "。" + conclusion.advice() + "依据：" + grounds + "。"
                + (late.isEmpty() ? "" : "未及时应答：" + late + "。");
    }
}
