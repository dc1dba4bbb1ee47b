package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.AnsweringPeer.Reply;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;

/** Diagnosis, repair and what a dispatch gets of them, in a scripted world of BOSS, network and platform. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiagnosisIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party HUB = Party.of("HUB-000");
    private static final String VIDEO = "0451";
    private static final String COVERAGE = "0501";
    private static final Duration BUDGET = Duration.ofSeconds(2);
    private static final Duration PRETREATMENT_BUDGET = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofMillis(200);
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final AnsweringPeer boss = new AnsweringPeer();
    private final AnsweringPeer network = new AnsweringPeer();
    private final AnsweringPeer platform = new AnsweringPeer();
    private final Map<String, String> platformStates = new HashMap<>();
    private final HubProcess hub;
    private final SoapCaller caller;

    private final ExecutorService callers = Executors.newCachedThreadPool();

    private String subscriberState;
    private String installation;
    private String networkSide;
    private String customerSide;
    private String subscription;
    private String alarmedLine = "NJ-0001";
    private Duration acknowledged = Duration.ZERO;

    DiagnosisIT(@TempDir Path folder) throws IOException {
        var adapters = new Adapters(
                folder, """
                defaults: {timeout: 5s}
                parties:
                  CRM-*: {}
                  CRM-431: {pretreatment: false}
                  CSVC-000: {}
                  BOSS-*: {address: '%s', concurrency: 128}
                  BOSS-351: {address: '%s', concurrency: 1}
                  NETW-*: {address: '%s', concurrency: 32}
                  MVID-000: {address: '%s', concurrency: 32, timeout: 1s}
                """.formatted(boss.address(), boss.address(), network.address(), platform.address()));
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.enabled=false",
                        "--hub.delivery.circuit.window=1000"));
        caller = new SoapCaller(hub.port());
    }

    /** The first calls of a hub take longer than a budget: it builds what calls them. */
    @BeforeAll
    void warmUp() {
        a_world_in_which_all_is_well();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !send(diagnose(newNumber(), VIDEO)).body().contains("<Outcome>TIMEOUT"));
    }

    @AfterAll
    void stop() {
        callers.shutdownNow();
        hub.close();
        boss.close();
        network.close();
        platform.close();
    }

    @BeforeEach
    void a_world_in_which_all_is_well() {
        subscriberState = "ACTIVE";
        installation = "COMPLETED";
        networkSide = "UP";
        customerSide = "UP";
        subscription = "ACTIVE";
        platformStates.clear();
        boss.answering(this::boss);
        network.answering(question -> Reply.of(line()));
        platform.answering(this::platform);
    }

    private Reply boss(InterBossDocument question) {
        if (question.requireBody().element().equals("SubscriberReq")) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("State", subscriberState);
            values.put("Installation", installation);
            return Reply.of(BodyText.of("SubscriberRsp", values));
        }
        return Reply.of(subscriptions(subscription));
    }

    private Reply platform(InterBossDocument question) {
        Body body = question.requireBody();
        String number = body.get("MSISDN");
        if (body.element().equals("AlignReq")) {
            platformStates.put(number, body.get("State"));
            return Reply.of(BodyText.of("AlignRsp", Map.of("State", body.get("State"))));
        }
        return Reply.of(subscriptions(platformStates.getOrDefault(number, "ACTIVE")));
    }

    private Body line() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("LineNo", alarmedLine);
        values.put("Area", "南京鼓楼");
        values.put("NetworkSide", networkSide);
        values.put("CustomerSide", customerSide);
        values.put("CheckedTime", "2026-11-22 10:15:00");
        return BodyText.of("LineStateRsp", values);
    }

    private static Body subscriptions(String state) {
        var body = new BodyText.Draft("SubscriptionRsp");
        if (!state.equals("NONE")) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("ServiceTypeId", "82");
            values.put("State", state);
            values.put("Since", "2026-01-01 00:00:00");
            body.group("Subscription", values);
        }
        return body.finish();
    }

    /** Each test asks about numbers of its own, so that none finds another's answer in the cache. */
    private static String newNumber() {
        return "100250%05d".formatted(NEXT.incrementAndGet());
    }

    private static AddressedMessage diagnose(String number, String svcType) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("MSISDN", number);
        values.put("SvcTypeId", svcType);
        values.put("AcceptTime", "2026-11-22 10:15:00");
        return Messages.request(Activity.DIAGNOSE, CRM, HUB, values);
    }

    private SoapCaller.Reply send(AddressedMessage message) throws Exception {
        return caller.send(message.sender().user(), message.canonical());
    }

    private String verdict(String svcType) throws Exception {
        SoapCaller.Reply reply = send(diagnose(newNumber(), svcType));
        assertThat(reply.code()).as(reply.body()).isEqualTo("0000");
        return reply.value("Verdict");
    }

    @Test
    void where_all_is_well_nothing_is_found() throws Exception {
        SoapCaller.Reply reply = send(diagnose(newNumber(), VIDEO));

        assertThat(reply.value("Verdict")).isEqualTo("NONE_FOUND");
        assertThat(reply.body())
                .contains("<Source>BOSS-250</Source><Outcome>OK</Outcome><Key>SubscriberState</Key><Value>ACTIVE")
                .contains("<Source>NETW-250</Source><Outcome>OK</Outcome><Key>NetworkSide</Key><Value>UP")
                .contains("<Source>MVID-000</Source><Outcome>OK</Outcome><Key>Subscription.82</Key><Value>ACTIVE");
    }

    @Test
    void each_fault_has_its_verdict_and_the_graver_goes_first() throws Exception {
        customerSide = "DOWN";
        assertThat(verdict(VIDEO)).isEqualTo("CUSTOMER_FAULT");
        customerSide = "UP";
        subscriberState = "SUSPENDED";
        assertThat(verdict(VIDEO)).isEqualTo("CUSTOMER_FAULT");
        subscription = "NONE";
        assertThat(verdict(VIDEO)).isEqualTo("STATE_MISMATCH");
        assertThat(verdict(COVERAGE)).as("no platform is named").isEqualTo("CUSTOMER_FAULT");
        networkSide = "DEGRADED";
        assertThat(verdict(VIDEO)).isEqualTo("NETWORK_FAULT");
        networkSide = "DOWN";
        assertThat(verdict(VIDEO)).isEqualTo("NETWORK_FAULT");
        installation = "IN_PROGRESS";
        assertThat(verdict(VIDEO)).isEqualTo("CONSTRUCTION_UNFINISHED");
    }

    @Test
    void a_source_that_hangs_is_a_finding_and_the_answer_comes_within_the_budget() throws Exception {
        boss.answering(question -> Reply.never());
        networkSide = "DOWN";

        long began = System.nanoTime();
        SoapCaller.Reply reply = send(diagnose(newNumber(), VIDEO));
        Duration took = Duration.ofNanos(System.nanoTime() - began);

        assertThat(took).isBetween(BUDGET.minus(GRACE), BUDGET.plus(GRACE));
        assertThat(reply.value("Verdict")).isEqualTo("NETWORK_FAULT");
        assertThat(reply.body())
                .contains("<Source>BOSS-250</Source><Outcome>TIMEOUT</Outcome><Key>Subscriber</Key>")
                .contains("<Source>BOSS-250</Source><Outcome>TIMEOUT</Outcome><Key>Subscription</Key>");
    }

    @Test
    void many_diagnoses_at_once_keep_their_budget_while_a_source_hangs() throws Exception {
        boss.answering(question -> Reply.never());
        List<CompletableFuture<Duration>> under = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            // One after another, but all under way at once: what is measured is the hub, and no burst of cold
            // connections.
            under.add(CompletableFuture.supplyAsync(
                    () -> {
                        long began = System.nanoTime();
                        assertThat(uncheckedSend(diagnose(newNumber(), VIDEO)).body())
                                .contains("BOSS-250");
                        return Duration.ofNanos(System.nanoTime() - began);
                    },
                    CompletableFuture.delayedExecutor(40L * i, TimeUnit.MILLISECONDS, callers)));
        }
        for (CompletableFuture<Duration> each : under) {
            assertThat(each.get()).isLessThan(BUDGET.plus(GRACE));
        }
    }

    @Test
    void a_source_that_fails_is_a_finding_with_its_reason() throws Exception {
        network.answering(question -> Reply.code("0113"));
        platform.answering(question -> Reply.of(line()));

        SoapCaller.Reply reply = send(diagnose(newNumber(), VIDEO));

        assertThat(reply.value("Verdict")).isEqualTo("NONE_FOUND");
        assertThat(reply.body())
                .contains("<Source>NETW-250</Source><Outcome>ERROR</Outcome><Key>LineState</Key><Value>0113")
                .contains("<Source>MVID-000</Source><Outcome>ERROR</Outcome><Key>Subscription</Key><Value>0108");
    }

    @Test
    void a_source_that_is_asked_enough_already_is_a_finding_and_a_repair_says_so() throws Exception {
        boss.answering(question -> boss(question).after(Duration.ofMillis(500)));
        String number = "10035100001";

        SoapCaller.Reply reply = send(diagnose(number, VIDEO));

        // Of the two questions to this BOSS at once, one finds its only place taken.
        assertThat(reply.body())
                .containsOnlyOnce("<Source>BOSS-351</Source><Outcome>ERROR</Outcome>")
                .contains("0131");
        CompletableFuture<SoapCaller.Reply> first = CompletableFuture.supplyAsync(() -> uncheckedSend(repair(number)));
        int asked = boss.count();
        await().until(() -> boss.count() > asked);
        SoapCaller.Reply second = send(repair(number));
        assertThat(second.code()).isEqualTo("0131");
        assertThat(second.value("RspDesc")).startsWith("BOSS-351: ");
        assertThat(first.get().code()).isEqualTo("0000");
    }

    private SoapCaller.Reply uncheckedSend(AddressedMessage message) {
        try {
            return send(message);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void the_same_diagnosis_again_gets_the_first_answer_and_asks_nobody() throws Exception {
        AddressedMessage diagnose = diagnose(newNumber(), VIDEO);
        SoapCaller.Reply first = send(diagnose);
        int asked = network.count();
        networkSide = "DOWN";

        SoapCaller.Reply again = send(diagnose);

        assertThat(again.body()).isEqualTo(first.body());
        assertThat(network.count()).isEqualTo(asked);
    }

    @Test
    void what_boss_has_said_of_a_subscriber_is_remembered_for_a_while() throws Exception {
        String number = newNumber();
        long before = boss.asked("SubscriberReq");
        send(diagnose(number, VIDEO));
        send(diagnose(number, COVERAGE));

        assertThat(boss.asked("SubscriberReq") - before).isEqualTo(1);
    }

    @Test
    void a_line_is_diagnosed_without_subscriptions() throws Exception {
        long asked = boss.asked("SubscriptionReq");
        Map<String, String> values = new LinkedHashMap<>();
        values.put("LineNo", "NJ-4711");
        values.put("SvcTypeId", "0503");
        values.put("AcceptTime", "2026-11-22 10:15:00");
        networkSide = "DOWN";

        SoapCaller.Reply reply = send(Messages.request(Activity.DIAGNOSE, CRM, HUB, values));

        assertThat(reply.value("Verdict")).isEqualTo("NETWORK_FAULT");
        assertThat(boss.asked("SubscriptionReq")).isEqualTo(asked);
        SoapCaller.Reply nobodys = send(Messages.request(Activity.DIAGNOSE, Party.of("CSVC-000"), HUB, values));
        assertThat(nobodys.code()).isEqualTo("0104");
        assertThat(nobodys.body()).contains("LineNo: ");
    }

    private static AddressedMessage repair(String number) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("MSISDN", number);
        values.put("Domain", "MVID");
        values.put("ServiceTypeId", "82");
        return Messages.request(Activity.REPAIR, CRM, HUB, values);
    }

    @Test
    void a_repair_brings_the_platform_in_line_and_the_next_finds_nothing_to_do() throws Exception {
        String number = newNumber();
        platformStates.put(number, "NONE");

        SoapCaller.Reply first = send(repair(number));
        SoapCaller.Reply second = send(repair(number));

        assertThat(first.body()).contains("<Before>NONE</Before><After>ACTIVE</After><Changed>true</Changed>");
        assertThat(second.body()).contains("<Before>ACTIVE</Before><After>ACTIVE</After><Changed>false</Changed>");
        assertThat(platformStates).containsEntry(number, "ACTIVE");
        assertThat(platform.asked("AlignReq")).isEqualTo(alignments());
    }

    private long alignments() {
        return platform.questions().stream()
                .filter(question -> question.header().activityCode().equals("T2002103"))
                .count();
    }

    @Test
    void nothing_is_repaired_as_long_as_boss_does_not_answer() throws Exception {
        String number = newNumber();
        platformStates.put(number, "NONE");
        long ordered = platform.asked("AlignReq");
        boss.answering(question -> Reply.code("0113"));

        assertThat(send(repair(number)).code()).isEqualTo("0113");
        boss.answering(question -> Reply.never());
        assertThat(send(repair(number)).code()).isEqualTo("0114");

        assertThat(platform.asked("AlignReq")).isEqualTo(ordered);
        assertThat(platformStates).containsEntry(number, "NONE");
    }

    @Test
    void an_order_that_the_platform_does_not_answer_is_read_again_and_not_repeated() throws Exception {
        String number = newNumber();
        platformStates.put(number, "NONE");
        long ordered = platform.asked("AlignReq");
        platform.answering(question -> {
            Reply reply = platform(question);
            return question.requireBody().element().equals("AlignReq") ? Reply.never() : reply;
        });
        assertThat(send(repair(number)).body()).contains("<Changed>true</Changed>");

        platformStates.put(number, "NONE");
        platform.answering(question ->
                question.requireBody().element().equals("AlignReq") ? Reply.never() : Reply.of(subscriptions("NONE")));
        assertThat(send(repair(number)).code()).isEqualTo("0102");
        platform.answering(question -> question.requireBody().element().equals("AlignReq")
                ? Reply.of(BodyText.of("AlignRsp", Map.of("State", "ACTIVE")))
                : Reply.of(subscriptions("NONE")));
        assertThat(send(repair(number)).code()).isEqualTo("2998");
        assertThat(platform.asked("AlignReq") - ordered).isEqualTo(3);
    }

    @Test
    void a_repair_of_a_service_that_the_domain_lacks_is_refused() throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("MSISDN", newNumber());
        values.put("Domain", "MVID");
        values.put("ServiceTypeId", "83");
        SoapCaller.Reply other = send(Messages.request(Activity.REPAIR, CRM, HUB, values));
        values.put("Domain", "SIMS");
        SoapCaller.Reply none = send(Messages.request(Activity.REPAIR, CRM, HUB, values));

        assertThat(other.code()).isEqualTo("2906");
        assertThat(other.body()).contains("ServiceTypeId: ");
        assertThat(none.code()).isEqualTo("2906");
        assertThat(none.body()).contains("Domain: ");
    }

    private void alarm(String id, String severity, Duration age) throws Exception {
        String raised = Serial.time(Instant.now().minus(age));
        try (var platform = new JmsCaller(JmsCaller.Protocol.CORE, hub.brokerPort(), "netw-250")) {
            platform.publish(
                    "network.alarms",
                    platform.text(
                            "<Alarm xmlns=\"urn:relay-hub:interboss:1\"><AlarmId>" + id + "</AlarmId><NODE>250</NODE>"
                                    + "<LineNo>" + alarmedLine + "</LineNo><Severity>" + severity
                                    + "</Severity><RaisedTime>" + raised
                                    + "</RaisedTime></Alarm>"));
        }
        await().until(() -> hub.get("/api/alarms?node=250").contains(id));
    }

    @Test
    void an_alarm_on_the_line_is_a_network_fault_and_makes_a_dispatch_more_urgent() throws Exception {
        alarmedLine = "NJ-ALARMED";
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
        alarmedLine = "NJ-0001";
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
        assertThat(acknowledged).isBetween(PRETREATMENT_BUDGET.minus(GRACE), PRETREATMENT_BUDGET.plus(GRACE));
    }
}
