package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.AnsweringPeer.Reply;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.codec.BodyText;

/**
 * A hub between a BOSS, a network and a platform that answer as a test has scripted it. The tests of a class share it, and
 * each begins in a world in which all is well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ScriptedWorld {

    static final Party CRM = Party.of("CRM-250");
    static final Party HUB = Party.of("HUB-000");
    static final String VIDEO = "0451";
    static final String COVERAGE = "0501";
    static final Duration GRACE = Duration.ofMillis(200);
    static final AtomicInteger NEXT = new AtomicInteger();

    final AnsweringPeer boss = new AnsweringPeer();
    final AnsweringPeer network = new AnsweringPeer();
    final AnsweringPeer platform = new AnsweringPeer();
    final Map<String, String> platformStates = new HashMap<>();
    final HubProcess hub;
    final SoapCaller caller;

    String subscriberState;
    String installation;
    String networkSide;
    String customerSide;
    String subscription;
    String lineNo;

    ScriptedWorld(Path folder) throws IOException {
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
        lineNo = "NJ-0001";
        platformStates.clear();
        boss.answering(this::boss);
        network.answering(question -> Reply.of(line()));
        platform.answering(this::platform);
    }

    Reply boss(InterBossDocument question) {
        if (question.requireBody().element().equals("SubscriberReq")) {
            Map<String, String> values = new LinkedHashMap<>();
            values.put("State", subscriberState);
            values.put("Installation", installation);
            return Reply.of(BodyText.of("SubscriberRsp", values));
        }
        return Reply.of(subscriptions(subscription));
    }

    Reply platform(InterBossDocument question) {
        Body body = question.requireBody();
        String number = body.get("MSISDN");
        if (body.element().equals("AlignReq")) {
            platformStates.put(number, body.get("State"));
            return Reply.of(BodyText.of("AlignRsp", Map.of("State", body.get("State"))));
        }
        return Reply.of(subscriptions(platformStates.getOrDefault(number, "ACTIVE")));
    }

    Body line() {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("LineNo", lineNo);
        values.put("Area", "南京鼓楼");
        values.put("NetworkSide", networkSide);
        values.put("CustomerSide", customerSide);
        values.put("CheckedTime", "2026-11-22 10:15:00");
        return BodyText.of("LineStateRsp", values);
    }

    static Body subscriptions(String state) {
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
    static String newNumber() {
        return "100250%05d".formatted(NEXT.incrementAndGet());
    }

    static AddressedMessage diagnose(String number, String svcType) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("MSISDN", number);
        values.put("SvcTypeId", svcType);
        values.put("AcceptTime", "2026-11-22 10:15:00");
        return Messages.request(Activity.DIAGNOSE, CRM, HUB, values);
    }

    SoapCaller.Reply send(AddressedMessage message) throws Exception {
        return caller.send(message.sender().user(), message.canonical());
    }

    String verdict(String svcType) throws Exception {
        SoapCaller.Reply reply = send(diagnose(newNumber(), svcType));
        assertThat(reply.code()).as(reply.body()).isEqualTo("0000");
        return reply.value("Verdict");
    }
}
