package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.AnsweringPeer.Reply;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;

/** What a dispatch of a network service type gets added. */
class PretreatmentIT extends ScriptedWorld {

    private static final Duration BUDGET = Duration.ofSeconds(1);

    private Duration acknowledged = Duration.ZERO;

    PretreatmentIT(@TempDir Path folder) throws IOException {
        super(folder);
    }

    private void alarm(String id, String severity, Duration age) throws Exception {
        String raised = Serial.time(Instant.now().minus(age));
        try (var platform = new JmsCaller(JmsCaller.Protocol.CORE, hub.brokerPort(), "netw-250")) {
            platform.publish(
                    "network.alarms",
                    platform.text(
                            "<Alarm xmlns=\"urn:relay-hub:interboss:1\"><AlarmId>" + id + "</AlarmId><NODE>250</NODE>"
                                    + "<LineNo>" + lineNo + "</LineNo><Severity>" + severity
                                    + "</Severity><RaisedTime>" + raised
                                    + "</RaisedTime></Alarm>"));
        }
        await().until(() -> hub.get("/api/alarms?node=250").contains(id));
    }

    @Test
    void an_alarm_on_the_line_is_a_network_fault_and_makes_a_dispatch_more_urgent() throws Exception {
        lineNo = "NJ-ALARMED";
        alarm("OLD-1", "WARNING", Duration.ofHours(2));
        assertThat(verdict(VIDEO)).as("of no great weight").isEqualTo("NONE_FOUND");
        assertThat(dispatched(CRM, "")).doesNotContain("紧急程度");
        assertThat(urgency()).isEqualTo("01");

        alarm("NEW-1", "CRITICAL", Duration.ofMinutes(5));
        SoapCaller.Reply reply = send(diagnose(newNumber(), VIDEO));
        assertThat(reply.value("Verdict")).isEqualTo("NETWORK_FAULT");
        assertThat(reply.body()).contains("<Key>Alarm.NEW-1</Key><Value>CRITICAL ");
        assertThat(dispatched(CRM, ""))
                .startsWith("[HUB-000 ")
                .contains("紧急程度由01升为02")
                .contains("NEW-1")
                .doesNotContain("告警OLD-1");
        assertThat(urgency()).isEqualTo("02");
        assertThat(dispatched(CRM, "<Pretreatment>已查</Pretreatment>"))
                .startsWith("已查\n[HUB-000 ")
                .contains("紧急程度由01升为02")
                .doesNotContain("诊断");
        assertThat(urgency()).isEqualTo("02");
        assertThat(dispatched(CRM, "<Pretreatment>" + "字".repeat(1000) + "</Pretreatment>"))
                .isEqualTo("字".repeat(1000));
        assertThat(urgency()).as("what cannot be marked is not done").isEqualTo("01");
    }

    @Test
    void what_is_cut_off_for_want_of_room_is_never_the_word_of_a_raised_urgency() throws Exception {
        lineNo = "NJ-MANY";
        for (int i = 0; i < 20; i++) {
            alarm("A".repeat(38) + "%02d".formatted(i), "MAJOR", Duration.ofMinutes(5));
        }

        String pretreatment = dispatched(CRM, "");

        assertThat(pretreatment).contains("紧急程度由01升为02", "等20条").startsWith("[HUB-000 ");
        assertThat(pretreatment.getBytes(Charset.forName("GBK"))).hasSizeBetween(1990, 2000);
        assertThat(urgency()).isEqualTo("02");
    }

    /** The UrgentId with which the last ticket has come to the network. */
    private String urgency() {
        List<Body> dispatches = network.questions().stream()
                .map(InterBossDocument::requireBody)
                .filter(body -> body.element().equals("DispatchReq"))
                .toList();
        return dispatches.get(dispatches.size() - 1).get("UrgentId");
    }

    private String dispatched(Party crm, String pretreatment) throws Exception {
        String ticket = "20261122CSVC" + crm.node() + "%07d".formatted(NEXT.incrementAndGet());
        Party home = new Party("NETW", crm.node());
        String document = Messages.message(Activity.DISPATCH, crm, home, ticket)
                .canonical()
                .replace("030101", COVERAGE)
                .replace("<MSISDN>13800000000", "<MSISDN>" + newNumber())
                .replace("<ProcessType>", pretreatment + "<ProcessType>");
        network.answering(question ->
                question.requireBody().element().equals("DispatchReq") ? Reply.code("0000") : Reply.of(line()));
        long began = System.nanoTime();
        SoapCaller.Reply reply = caller.send(crm.user(), document);
        acknowledged = Duration.ofNanos(System.nanoTime() - began);
        assertThat(reply.code()).as(reply.body()).isEqualTo("0000");
        assertThat(caller.send(crm.user(), document).transIdh())
                .as("the same again")
                .isEqualTo(reply.transIdh());
        return await().until(() -> arrived(ticket), Optional::isPresent).orElseThrow();
    }

    /** The Pretreatment with which a ticket has come to the network, itself empty if there is none. */
    private Optional<String> arrived(String ticket) {
        return network.questions().stream()
                .map(InterBossDocument::requireBody)
                .filter(body -> ticket.equals(body.find("IndictSeq")))
                .map(body -> body.find("Pretreatment") == null ? "" : body.get("Pretreatment"))
                .findFirst();
    }

    @Test
    void a_dispatch_of_a_network_service_gets_the_diagnosis_if_the_sender_has_none() throws Exception {
        networkSide = "DOWN";

        assertThat(dispatched(CRM, ""))
                .startsWith("[HUB-000 ")
                .contains("网络侧故障")
                .contains("NETW-250 NetworkSide=DOWN");
        assertThat(dispatched(CRM, "<Pretreatment></Pretreatment>")).startsWith("[HUB-000 ");
        assertThat(dispatched(CRM, "<Pretreatment>已查</Pretreatment>")).isEqualTo("已查");
        assertThat(dispatched(Party.of("CRM-431"), ""))
                .as("the party does not want it")
                .isEmpty();
    }

    @Test
    void a_dispatch_does_not_wait_longer_than_its_budget() throws Exception {
        boss.answering(question -> Reply.never());
        networkSide = "DOWN";

        assertThat(dispatched(CRM, "")).contains("未及时应答：BOSS-250");
        assertThat(acknowledged).isBetween(BUDGET.minus(GRACE), BUDGET.plus(GRACE));
    }
}
