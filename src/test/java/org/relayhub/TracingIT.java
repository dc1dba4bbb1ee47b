package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPLY;

import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.RecordingPeer.Arrival;
import org.relayhub.SpanCollector.Taken;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/** The trace of a message, from its sender through SOAP, the ledger and JMS to its party, as a collector sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TracingIT {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Party CRM = Party.of("CRM-250");
    private static final Party OTHER_CRM = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String GOOD = "0000";
    private static final String BUSY = "0131";

    /** A trace and a span of the sender's own. */
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private static final String SPAN = "00f067aa0ba902b7";
    private static final String SENDERS = "00-" + TRACE + "-" + SPAN + "-01";

    private final SpanCollector collector = new SpanCollector();
    private final RecordingPeer csvc = new RecordingPeer();
    private final RecordingPeer crm = new RecordingPeer(RecordingPeer.Transport.MULTIPART);
    private final HubProcess hub;

    TracingIT(@TempDir Path folder) throws IOException {
        var adapters = new Adapters(folder, """
                parties:
                  CRM-250: {transport: jms}
                  CRM-100: {transport: multipart, address: '%s'}
                  CSVC-000: {address: '%s'}
                """.formatted(crm.address(), csvc.address()));
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.tracing.endpoint=" + collector.endpoint(),
                        "--hub.standalone.simulation.enabled=false",
                        "--hub.delivery.retry.first=200ms",
                        "--hub.delivery.retry.longest=1s"));
    }

    @AfterEach
    void peersAreWell() {
        csvc.answering(arrival -> GOOD);
    }

    @AfterAll
    void stop() {
        hub.close();
        collector.close();
        csvc.close();
        crm.close();
    }

    /** The spans about a ticket, in the order of their begin, once there are as many. */
    private List<Taken> spansOf(String ticket, int number) {
        await().atMost(LONGEST).untilAsserted(() -> assertThat(spansOf(ticket)).hasSizeGreaterThanOrEqualTo(number));
        return spansOf(ticket);
    }

    private List<Taken> spansOf(String ticket) {
        return collector.spans().stream()
                .filter(span -> span.attribute("relayhub.indict_seq").equals(ticket))
                .sorted(Comparator.comparing(span -> span.span().getStartTimeUnixNano()))
                .toList();
    }

    private List<Arrival> arrivalsOf(RecordingPeer peer, String ticket) {
        return peer.arrivals().stream()
                .filter(arrival -> arrival.indictSeq().equals(ticket))
                .toList();
    }

    private void sendOverJms(AddressedMessage message, String traceparent) throws Exception {
        try (var crm = new JmsCaller(Protocol.AMQP, hub.brokerPort(), CRM.user())) {
            TextMessage text = crm.text(message.canonical());
            text.setStringProperty("traceparent", traceparent);
            crm.send("hub.in." + CRM, text);
        }
    }

    @Test
    void a_message_that_comes_over_JMS_and_goes_on_over_SOAP_is_one_trace_of_its_senders() throws Exception {
        String ticket = "20261122CSVC2500000001";
        AddressedMessage dispatch = Messages.message(DISPATCH, CRM, CSVC, ticket);

        sendOverJms(dispatch, SENDERS);

        List<Taken> spans = spansOf(ticket, 2);
        assertThat(spans).extracting(Taken::name).containsExactly("accept dispatch", "deliver dispatch");
        Taken accept = spans.get(0);
        Taken deliver = spans.get(1);
        assertThat(spans).extracting(Taken::traceId).containsOnly(TRACE);
        assertThat(accept.parent()).isEqualTo(SPAN);
        assertThat(deliver.parent()).isEqualTo(accept.id());
        assertThat(accept.attribute("relayhub.trans_ido")).isEqualTo(dispatch.transIdo());
        assertThat(accept.attribute("relayhub.party")).isEqualTo("CRM-250");
        assertThat(accept.attribute("relayhub.transport")).isEqualTo("jms");
        assertThat(accept.attribute("relayhub.rsp_code")).isEqualTo(GOOD);
        assertThat(deliver.attribute("relayhub.party")).isEqualTo("CSVC-000");
        assertThat(deliver.attribute("relayhub.state")).isEqualTo("delivered");
        assertThat(arrivalsOf(csvc, ticket))
                .singleElement()
                .extracting(Arrival::traceparent)
                .as("the party can go on with it")
                .isEqualTo("00-" + TRACE + "-" + deliver.id() + "-01");
        assertThat(collector.spans()).as("the transaction of the ledger").anySatisfy(span -> {
            assertThat(span.name()).isEqualTo("transaction");
            assertThat(span.parent()).isEqualTo(accept.id());
            assertThat(span.attribute("db.system.name")).isEqualTo("postgresql");
        });
    }

    @Test
    void a_message_that_comes_over_SOAP_and_goes_on_over_JMS_is_one_trace_too() throws Exception {
        String ticket = "20261122CSVC2500000002";
        sendOverJms(Messages.message(DISPATCH, CRM, CSVC, ticket), SENDERS);
        spansOf(ticket, 2);
        String another = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        new SoapCaller(hub.port())
                .send(CSVC.user(), Messages.message(REPLY, CSVC, CRM, ticket).canonical(), "traceparent", another);

        List<Taken> spans = spansOf(ticket, 4);
        assertThat(spans.get(2).name()).isEqualTo("accept reply");
        assertThat(spans.get(2).parent()).isEqualTo("b7ad6b7169203331");
        Taken deliver = spans.get(3);
        assertThat(deliver.name()).isEqualTo("deliver reply");
        assertThat(deliver.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        try (var crm = new JmsCaller(Protocol.AMQP, hub.brokerPort(), CRM.user())) {
            TextMessage reply = crm.receive("hub.out." + CRM, LONGEST);
            assertThat(reply).isNotNull();
            assertThat(reply.getStringProperty("traceparent"))
                    .isEqualTo("00-" + deliver.traceId() + "-" + deliver.id() + "-01");
        }
    }

    @Test
    void each_try_is_a_span_of_the_trace_also_by_a_hub_that_was_killed_meanwhile() throws Exception {
        String ticket = "20261122CSVC2500000003";
        csvc.answering(arrival -> BUSY);
        sendOverJms(Messages.message(DISPATCH, CRM, CSVC, ticket), SENDERS);
        spansOf(ticket, 2);

        hub.kill();
        csvc.answering(arrival -> GOOD);
        hub.startAgain();

        await().atMost(LONGEST).until(() -> spansOf(ticket).stream()
                .anyMatch(span -> span.attribute("relayhub.state").equals("delivered")));
        List<Taken> tries = spansOf(ticket).stream()
                .filter(span -> span.name().equals("deliver dispatch"))
                .toList();
        assertThat(tries).extracting(Taken::traceId).containsOnly(TRACE);
        assertThat(tries.get(0).attribute("relayhub.try")).isEqualTo("1");
        assertThat(tries.get(0).attribute("relayhub.rsp_code")).isEqualTo(BUSY);
        assertThat(tries.get(0).attribute("relayhub.state")).isEqualTo("retrying");
        assertThat(Integer.parseInt(tries.get(tries.size() - 1).attribute("relayhub.try")))
                .isGreaterThan(1);
    }

    @Test
    void a_message_that_goes_on_over_HTTP_in_two_parts_has_its_trace_with_it() throws Exception {
        String ticket = "20261122CSVC1000000007";
        var caller = new SoapCaller(hub.port());
        caller.send(
                OTHER_CRM.user(),
                Messages.message(DISPATCH, OTHER_CRM, CSVC, ticket).canonical());
        spansOf(ticket, 2);
        caller.send(
                CSVC.user(), Messages.message(REPLY, CSVC, OTHER_CRM, ticket).canonical(), "traceparent", SENDERS);

        Taken deliver = named(spansOf(ticket, 4), "deliver reply");
        assertThat(arrivalsOf(crm, ticket))
                .singleElement()
                .extracting(Arrival::traceparent)
                .isEqualTo("00-" + TRACE + "-" + deliver.id() + "-01");
    }

    @Test
    void a_question_to_a_party_is_a_span_within_that_of_who_asks() throws Exception {
        String ticket = "20261122CSVC1000000004";
        var caller = new SoapCaller(hub.port());
        caller.send(
                OTHER_CRM.user(),
                Messages.message(DISPATCH, OTHER_CRM, CSVC, ticket).canonical());
        caller.send(
                OTHER_CRM.user(),
                Messages.message(QUERY, OTHER_CRM, CSVC, ticket).canonical());

        List<Taken> spans = spansOf(ticket, 4);
        assertThat(spans)
                .extracting(Taken::name)
                .containsExactlyInAnyOrder("accept dispatch", "deliver dispatch", "accept query", "ask");
        Taken query = named(spans, "accept query");
        Taken ask = named(spans, "ask");
        assertThat(query.traceId())
                .as("a sender that traces nothing has a trace begun for it")
                .isNotEqualTo(named(spans, "accept dispatch").traceId());
        assertThat(ask.parent()).isEqualTo(query.id());
        assertThat(ask.attribute("relayhub.party")).isEqualTo("CSVC-000");
        // The dispatch may come after the question: they do not wait for each other.
        assertThat(arrivalsOf(csvc, ticket))
                .extracting(Arrival::traceparent)
                .contains("00-" + ask.traceId() + "-" + ask.id() + "-01");
    }

    private static Taken named(List<Taken> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void no_span_has_personal_data() throws Exception {
        String ticket = "20261122CSVC2500000005";
        csvc.answering(arrival -> "4002");
        sendOverJms(Messages.message(DISPATCH, CRM, CSVC, ticket), "no traceparent at all");

        List<Taken> spans = spansOf(ticket, 2);
        assertThat(named(spans, "deliver dispatch").attribute("relayhub.rsp_code"))
                .isEqualTo("4002");
        assertThat(collector.text().lines().filter(PersonalData::isIn)).isEmpty();
        assertThat(collector.text()).contains("relay-hub").doesNotContain("张三");
    }

    @Test
    void a_collector_that_is_away_keeps_no_message() throws Exception {
        String ticket = "20261122CSVC1000000006";
        var caller = new SoapCaller(hub.port());
        collector.refusing(true);
        for (int i = 0; i < 20; i++) {
            String each = "20261122CSVC10001%05d".formatted(i);
            assertThat(caller.send(
                                    OTHER_CRM.user(),
                                    Messages.message(DISPATCH, OTHER_CRM, CSVC, each)
                                            .canonical())
                            .code())
                    .isEqualTo(GOOD);
            await().atMost(LONGEST).until(() -> arrivalsOf(csvc, each).size() == 1);
        }
        collector.refusing(false);

        caller.send(
                OTHER_CRM.user(),
                Messages.message(DISPATCH, OTHER_CRM, CSVC, ticket).canonical());
        assertThat(spansOf(ticket, 2)).hasSize(2);
    }
}
