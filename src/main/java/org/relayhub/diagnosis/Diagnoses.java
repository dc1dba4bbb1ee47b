package org.relayhub.diagnosis;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.diagnosis.alarm.Alarm;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.diagnosis.verdict.VerdictRules;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ServiceCatalogue;

/** The steps of the routes that diagnose: whom to ask, and what their answers come to. */
public final class Diagnoses {

    private static final String ANSWER_ELEMENT = "DiagnoseRsp";

    /** An alarm that nobody has cleared for so long was forgotten, not missed. */
    private static final Duration OLDEST_ALARM = Duration.ofDays(30);

    private final Directory directory;
    private final ServiceCatalogue services;
    private final OwnBusinessCatalogue operations;
    private final HomeProvince provinces;
    private final HubQuestions hub;
    private final SubscriberCache subscribers;
    private final VerdictRules rules;
    private final AlarmBook alarms;
    private final DiagnosisSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;

    Diagnoses(
            Directory directory,
            ServiceCatalogue services,
            OwnBusinessCatalogue operations,
            HubQuestions hub,
            VerdictRules rules,
            AlarmBook alarms,
            DiagnosisSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.meters = meters;
        this.directory = directory;
        this.services = services;
        this.operations = operations;
        this.provinces = new HomeProvince(directory);
        this.hub = hub;
        this.subscribers = new SubscriberCache(settings.subscriberCache(), settings.subscribersCached());
        this.rules = rules;
        this.alarms = alarms;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * The diagnosis that a DiagnoseReq asks for.
     *
     * @throws RefusalException 0104 if nobody knows whose number or line it is
     */
    public Diagnosis open(AddressedMessage message) {
        Body body = message.document().requireBody();
        String number = body.find("MSISDN");
        String line = body.find("LineNo");
        String node =
                number == null ? provinces.ofLine(message.sender()) : provinces.ofNumber(number, message.sender());
        var subject = new Subject(
                number,
                line,
                body.get("SvcTypeId"),
                node,
                message.document().header().test());
        return begin(subject, settings.budget());
    }

    /** A diagnosis whose sources have so much time together. */
    public Diagnosis begin(Subject subject, Duration budget) {
        LocalDate today = Serial.day(clock.instant());
        String domain = services.domain(subject.svcTypeId(), today).orElse("");
        String service = subject.msisdn() == null
                ? null
                : operations.serviceTypeId(domain, today).orElse(null);
        var diagnosis = new Diagnosis(subject, service, System.nanoTime() + budget.toNanos());
        Party boss = new Party("BOSS", subject.node());
        Body known = subscribers.find(boss, subject);
        if (known == null) {
            ask(diagnosis, Topic.SUBSCRIBER, boss, BodyText.of("SubscriberReq", subject.element()));
        } else {
            diagnosis.know(Topic.SUBSCRIBER, boss, known);
        }
        if (subject.msisdn() != null) {
            Body subscriptions = BodyText.of("SubscriptionReq", subject.element());
            ask(diagnosis, Topic.SUBSCRIPTIONS, boss, subscriptions);
            if (service != null) {
                Map<String, String> one = subject.element();
                one.put("ServiceTypeId", service);
                ask(
                        diagnosis,
                        Topic.PLATFORM,
                        new Party(domain, Party.HUB.node()),
                        BodyText.of("SubscriptionReq", one));
            }
        }
        ask(diagnosis, Topic.LINE, new Party("NETW", subject.node()), BodyText.of("LineStateReq", subject.element()));
        return diagnosis;
    }

    private void ask(Diagnosis diagnosis, Topic topic, Party source, Body question) {
        PartyEntry entry = directory.find(source).filter(PartyEntry::enabled).orElse(null);
        if (entry == null) {
            diagnosis.missing(topic, source, "it is not connected or disabled");
            return;
        }
        diagnosis.ask(new Question(
                topic,
                hub.call(entry, topic.activity(), question, diagnosis.subject().test())));
    }

    /** Whether there is still time to ask. */
    public boolean mayAsk(@ExchangeProperty("diagnosis") Diagnosis diagnosis) {
        return !diagnosis.isOver();
    }

    /** Notes what a source has answered. */
    public void answered(
            PeerAnswer answer,
            @ExchangeProperty("diagnosis") Diagnosis diagnosis,
            @ExchangeProperty("question") Question question) {
        diagnosis.answered(question.topic(), answer);
    }

    /** What the answers that are there now come to. */
    public Conclusion conclude(Diagnosis diagnosis) {
        var findings = new Findings(diagnosis);
        Subject subject = diagnosis.subject();
        Party boss = new Party("BOSS", subject.node());
        Body subscriber = findings.told(Topic.SUBSCRIBER);
        if (subscriber != null && diagnosis.known(Topic.SUBSCRIBER) == null) {
            subscribers.put(boss, subject, subscriber);
        }
        List<Alarm> active = alarms(subject, findings.told(Topic.LINE));
        findings.addAlarms(new Party("NETW", subject.node()), active);
        VerdictRules.Decision decision = rules.decide(findings.facts());
        var conclusion = new Conclusion(decision.verdict(), decision.advice(), findings.all(), active);
        if (!subject.test()) {
            count(conclusion);
        }
        return conclusion;
    }

    private void count(Conclusion conclusion) {
        Counter.builder("hub.diagnoses")
                .description("diagnoses, those made for a dispatch included, by what they came to")
                .tag("verdict", conclusion.verdict().name())
                .register(meters)
                .increment();
        conclusion.findings().stream()
                .map(finding -> Tags.of(
                        "domain",
                        finding.source().domain(),
                        "outcome",
                        finding.outcome().name().toLowerCase(Locale.ROOT)))
                .distinct()
                .forEach(source -> Counter.builder("hub.diagnosis.sources")
                        .description("sources that were asked for a diagnosis, by whether they answered in time")
                        .tags(source)
                        .register(meters)
                        .increment());
    }

    private List<Alarm> alarms(Subject subject, @Nullable Body line) {
        List<String> lines = new ArrayList<>(subject.element().values());
        if (line != null) {
            lines.add(line.get("LineNo"));
        }
        return alarms.active(
                subject.node(),
                lines,
                line == null ? null : line.get("Area"),
                clock.instant().minus(OLDEST_ALARM));
    }

    /** The answer to a DiagnoseReq. */
    public Body answer(Diagnosis diagnosis) {
        Conclusion conclusion = conclude(diagnosis);
        var body = new BodyText.Draft(ANSWER_ELEMENT)
                .value("Verdict", conclusion.verdict().name())
                .value("Advice", conclusion.advice());
        conclusion.findings().forEach(finding -> body.group("Finding", finding.elements()));
        return body.finish();
    }
}
