package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.AnsweringPeer.Reply;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.codec.BodyText;

/** Diagnosis and repair. */
class DiagnosisIT extends ScriptedWorld {

    private static final Duration BUDGET = Duration.ofSeconds(2);

    private final ExecutorService callers = Executors.newCachedThreadPool();

    DiagnosisIT(@TempDir Path folder) throws IOException {
        super(folder);
    }

    @AfterAll
    void letCallersGo() {
        callers.shutdownNow();
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
}
