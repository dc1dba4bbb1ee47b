package org.relayhub.diagnosis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.diagnosis.alarm.Alarm;
import org.relayhub.diagnosis.verdict.Fact;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.ResponseCodes;

/** What the sources of one diagnosis said, as findings for its asker and as facts for the rules. */
final class Findings {

    private static final int LONGEST_VALUE = 500;

    private final Diagnosis diagnosis;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Fact, String> facts = new EnumMap<>(Fact.class);
    private final Map<Topic, Body> told = new EnumMap<>(Topic.class);

    Findings(Diagnosis diagnosis) {
        this.diagnosis = diagnosis;
        for (Fact fact : Fact.values()) {
            facts.put(fact, fact == Fact.ALARM ? Fact.NONE : Fact.UNKNOWN);
        }
        diagnosis.asked().forEach(this::take);
        compareSubscriptions();
    }

    private void take(Topic topic, Party source) {
        Body known = diagnosis.known(topic);
        PeerAnswer answer = diagnosis.answer(topic);
        if (known != null) {
            told(topic, source, known);
        } else if (answer == null || isLate(answer)) {
            findings.add(new Finding(source, Finding.Outcome.TIMEOUT, topic.key(), ""));
        } else {
            answer.whyNot(topic.answerElement())
                    .ifPresentOrElse(
                            fault -> findings.add(new Finding(
                                    source,
                                    Finding.Outcome.ERROR,
                                    topic.key(),
                                    fitted(fault.code() + " " + fault.description()))),
                            () -> told(
                                    topic,
                                    source,
                                    ((PeerAnswer.Answered) answer).document().requireBody()));
        }
    }

    private static boolean isLate(PeerAnswer answer) {
        return answer instanceof PeerAnswer.Failed failed
                && failed.code().equals(ResponseCodes.PEER_TIMEOUT)
                && failed.mayHaveIt();
    }

    private void told(Topic topic, Party source, Body answer) {
        told.put(topic, answer);
        switch (topic) {
            case SUBSCRIBER -> {
                facts.put(Fact.SUBSCRIBER, answer.get("State"));
                facts.put(Fact.INSTALLATION, answer.get("Installation"));
                ok(source, "SubscriberState", answer.get("State"), answer.find("StateReason"));
                ok(source, "Installation", answer.get("Installation"), answer.find("InstallationDue"));
            }
            case LINE -> {
                facts.put(Fact.NETWORK_SIDE, answer.get("NetworkSide"));
                facts.put(Fact.CUSTOMER_SIDE, answer.get("CustomerSide"));
                ok(source, "NetworkSide", answer.get("NetworkSide"), answer.get("LineNo"));
                ok(source, "CustomerSide", answer.get("CustomerSide"), answer.get("Area"));
            }
            case SUBSCRIPTIONS, PLATFORM -> subscriptions(topic, source, answer);
        }
    }

    private void subscriptions(Topic topic, Party source, Body answer) {
        List<String> services = answer.all("ServiceTypeId");
        for (int i = 0; i < services.size(); i++) {
            ok(
                    source,
                    "Subscription." + services.get(i),
                    answer.all("State").get(i),
                    answer.all("Since").get(i));
        }
        String service = diagnosis.platformService();
        if (topic == Topic.PLATFORM && service != null && !services.contains(service)) {
            ok(source, "Subscription." + service, Subscriptions.NONE, null);
        } else if (services.isEmpty()) {
            ok(source, "Subscription", Subscriptions.NONE, null);
        }
    }

    private void ok(Party source, String key, String value, @Nullable String more) {
        findings.add(new Finding(source, Finding.Outcome.OK, key, fitted(more == null ? value : value + " " + more)));
    }

    private void compareSubscriptions() {
        String service = diagnosis.platformService();
        Body truth = told.get(Topic.SUBSCRIPTIONS);
        Body platform = told.get(Topic.PLATFORM);
        if (service != null && truth != null && platform != null) {
            boolean same = Subscriptions.state(truth, service).equals(Subscriptions.state(platform, service));
            facts.put(Fact.SUBSCRIPTION, same ? "SAME" : "DIFFERENT");
        }
    }

    /** Adds the alarms of the network, which were told unasked. */
    void addAlarms(Party source, List<Alarm> alarms) {
        for (Alarm alarm : alarms) {
            String where = alarm.lineNo() == null ? alarm.area() : alarm.lineNo();
            ok(
                    source,
                    "Alarm." + alarm.alarmId(),
                    alarm.severity().name(),
                    Serial.time(alarm.raisedAt()) + " " + where);
        }
        if (!alarms.isEmpty()) {
            facts.put(Fact.ALARM, alarms.get(0).severity().name());
        }
    }

    /** What a source has said about the topic; null if it said nothing that can be used. */
    @Nullable
    Body told(Topic topic) {
        return told.get(topic);
    }

    List<Finding> all() {
        return List.copyOf(findings);
    }

    Map<Fact, String> facts() {
        return facts;
    }

    private static String fitted(String value) {
        return BodyText.fitted(value, LONGEST_VALUE);
    }
}
