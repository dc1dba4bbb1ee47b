package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.qpid.jms.message.JmsTextMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsTextMessageFacade;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/** A hub as an operator has it at a broker of its own: the distribution, with what {@code deploy/artemis} gives it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerOfOneselfIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String IN = "hub.in.CRM-250";
    private static final String OUT = "hub.out.CRM-250";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.empty();
    private final RecordingPeer csvc = new RecordingPeer();
    private final ArtemisDistribution broker;
    private final HubProcess hub;
    private int tickets;

    BrokerOfOneselfIT(@TempDir Path folder) throws IOException {
        broker = new ArtemisDistribution(folder.resolve("broker"), ProductionHub.PASSWORD);
        hub = ProductionHub.start(
                Files.createDirectories(folder.resolve("hub-at-broker")),
                database.url(),
                "{CRM-250: {transport: jms}, NETW-250: {transport: jms}, CSVC-000: {address: '%s'}}"
                        .formatted(csvc.address()),
                List.of(
                        "--hub.broker.url=tcp://127.0.0.1:" + broker.hubPort(),
                        "--hub.broker.user=hub-000",
                        "--hub.broker.password=" + ProductionHub.PASSWORD,
                        "--hub.delivery.retry.first=200ms",
                        "--hub.delivery.retry.longest=1s",
                        "--hub.delivery.circuit.open-for=1s"));
    }

    @AfterAll
    void stop() {
        hub.close();
        broker.close();
        csvc.close();
    }

    private JmsCaller as(Protocol protocol, String user) {
        return new JmsCaller(protocol, broker.port(), user, ProductionHub.PASSWORD);
    }

    private AddressedMessage dispatch() {
        return Messages.message(Activity.DISPATCH, CRM, CSVC, "20261122CSVC250%07d".formatted(++tickets));
    }

    private static String ticketOf(AddressedMessage message) {
        return Objects.requireNonNull(message.indictSeq());
    }

    private void awaitAtCsvc(AddressedMessage message) {
        await("see " + hub.log()).atMost(SOON).until(() -> csvc.arrivals().stream()
                .anyMatch(arrival -> arrival.indictSeq().equals(ticketOf(message))));
    }

    /** CSVC comments on a ticket, which is for the queue of the CRM. */
    private AddressedMessage commentBack(String ticket) throws Exception {
        AddressedMessage comment = Messages.message(Activity.COMMENT, CSVC, CRM, ticket);
        assertThat(new SoapCaller(hub.port(), ProductionHub.PASSWORD)
                        .send("csvc-000", comment.canonical())
                        .code())
                .isEqualTo("0000");
        return comment;
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void documents_are_relayed_both_ways(Protocol protocol) throws Exception {
        AddressedMessage dispatch = dispatch();
        try (JmsCaller crm = as(protocol, "crm-250")) {
            assertThat(crm.request(IN, dispatch.canonical()).code()).isEqualTo("0000");
            awaitAtCsvc(dispatch);
            AddressedMessage comment = commentBack(ticketOf(dispatch));

            TextMessage got = Objects.requireNonNull(crm.receive(OUT, SOON));
            assertThat(got.getText()).contains(comment.transIdo());
        }
    }

    @Test
    void what_it_has_taken_outlives_a_kill_of_it() throws Exception {
        AddressedMessage first = dispatch();
        try (JmsCaller crm = as(Protocol.CORE, "crm-250")) {
            crm.request(IN, first.canonical());
        }
        awaitAtCsvc(first);
        AddressedMessage before = commentBack(ticketOf(first));
        await().atMost(SOON)
                .until(() -> database.client()
                                .sql("select count(*) from delivery where party = 'CRM-250' and state <> 'delivered'")
                                .query(Long.class)
                                .single()
                        == 0);

        broker.kill();
        AddressedMessage meanwhile = commentBack(ticketOf(first));
        broker.startAgain();

        AddressedMessage second = dispatch();
        try (JmsCaller crm = as(Protocol.AMQP, "crm-250")) {
            assertThat(Objects.requireNonNull(crm.receive(OUT, SOON)).getText()).contains(before.transIdo());
            assertThat(Objects.requireNonNull(crm.receive(OUT, SOON)).getText()).contains(meanwhile.transIdo());
            crm.send(IN, crm.text(second.canonical()));
        }
        awaitAtCsvc(second);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_party_has_its_own_two_queues_and_no_others(Protocol protocol) {
        try (JmsCaller other = as(protocol, "sims-250")) {
            for (String queue : List.of(OUT, OUT + "::" + OUT, IN, "hub.in.SIMS-250", "hub.invalid")) {
                assertDenied(() -> other.receive(queue, Duration.ofMillis(100)));
            }
            for (String queue : List.of(IN, OUT, "hub.out.SIMS-250", "hub.invalid", "hub.in.NOBODY")) {
                assertDenied(() -> other.send(queue, other.text("not mine")));
            }
            assertDenied(() -> other.publish("network.alarms", other.text("not mine")));
            // Over AMQP the broker says of this address something else than that the right is not there.
            assertThatExceptionOfType(JMSRuntimeException.class)
                    .isThrownBy(() -> other.send("activemq.management", other.text("nobody's")));
            other.send("hub.in.SIMS-250", other.text("mine"));
        }
        assertThatExceptionOfType(JMSRuntimeException.class)
                .isThrownBy(() -> new JmsCaller(protocol, broker.port(), "crm-250", "another"));
    }

    private interface Attempt {
        void make() throws JMSException;
    }

    private static void assertDenied(Attempt attempt) {
        assertThatExceptionOfType(JMSRuntimeException.class)
                .isThrownBy(attempt::make)
                .withMessageMatching("(?s).*(does not have permission|There is no queue with name).*");
    }

    @Test
    void not_even_the_hub_sends_where_it_has_nothing_to_send() {
        try (JmsCaller itself = as(Protocol.CORE, "hub-000")) {
            for (String queue : List.of(IN, "activemq.management", "hub.out.NOBODY")) {
                assertDenied(() -> itself.send(queue, itself.text("what JMSReplyTo asks for")));
            }
            assertDenied(() -> itself.publish("network.alarms", itself.text("what JMSReplyTo asks for")));
            assertDenied(() -> itself.receive(OUT, Duration.ofMillis(100)));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_network_platform_publishes_alarms(Protocol protocol) {
        String id = "OLT-" + protocol;
        try (JmsCaller platform = as(protocol, "netw-250")) {
            platform.publish(
                    "network.alarms",
                    platform.text("<Alarm xmlns=\"urn:relay-hub:interboss:1\"><AlarmId>" + id
                            + "</AlarmId><NODE>250</NODE><LineNo>NJ-0001</LineNo><Severity>CRITICAL</Severity>"
                            + "<RaisedTime>2026-11-22 09:30:00</RaisedTime></Alarm>"));
        }
        await("see " + hub.log())
                .atMost(SOON)
                .until(() -> database.client()
                                .sql("select count(*) from alarm where alarm_id = :id")
                                .param("id", id)
                                .query(Long.class)
                                .single()
                        == 1);
    }

    /** Nobody manages this broker, so whoever is on call has no other way. */
    @Test
    void what_the_hub_could_not_be_given_can_be_taken_off_its_queue_over_AMQP() throws Exception {
        try (JmsCaller sims = as(Protocol.AMQP, "sims-250");
                JmsCaller onCall = as(Protocol.AMQP, "hub-000")) {
            onCall.drain("hub.in.SIMS-250");
            var message = (JmsTextMessage) sims.text("jams the queue");
            ((AmqpJmsTextMessageFacade) message.getFacade()).setApplicationProperty("of-its-own", UUID.randomUUID());
            sims.send("hub.in.SIMS-250", message);

            assertThat(Objects.requireNonNull(onCall.receive("hub.in.SIMS-250", SOON))
                            .getText())
                    .isEqualTo("jams the queue");
        }
    }

    /** Its container cannot write there. */
    @Test
    void it_writes_nothing_beside_its_configuration() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("deploy/artemis"))) {
            assertThat(files).allMatch(Files::isRegularFile).hasSize(7);
        }
        assertThat(broker.data().resolve("lock")).isNotEmptyDirectory();
    }

    @Test
    void what_does_not_fit_into_memory_is_paged_and_not_dropped() throws Exception {
        int many = 600;
        int waiting = 0;
        try (JmsCaller sims = as(Protocol.CORE, "sims-000");
                JmsCaller reader = as(Protocol.CORE, "hub-000")) {
            BytesMessage message = sims.session().createBytesMessage();
            message.writeBytes(new byte[50_000]);
            for (int i = 0; i < many; i++) {
                sims.send("hub.in.SIMS-000", message);
            }
            assertThat(pages()).isPositive();
            try (var consumer = reader.session().createConsumer(reader.queue("hub.in.SIMS-000"))) {
                while (consumer.receive(2000) != null) {
                    waiting++;
                }
            }
        }
        assertThat(waiting).isEqualTo(many);
    }

    private long pages() throws IOException {
        try (Stream<Path> files = Files.walk(broker.data().resolve("paging"))) {
            return files.filter(file -> file.toString().endsWith(".page")).count();
        }
    }
}
