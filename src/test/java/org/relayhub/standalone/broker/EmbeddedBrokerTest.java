package org.relayhub.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayhub.JmsCaller;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;

/** Who may do what at the broker that the hub brings, by trying; and what it keeps. */
class EmbeddedBrokerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final Set<String> USERS = Set.of("crm-250", "crm-100", "hub-000", "admin", "operator", "viewer");

    private final Directory directory =
            Directories.of("parties: {CRM-250: {transport: jms}, CRM-100: {transport: jms}, CRM-200: {}}");
    private final Path folder;
    private final int port;
    private EmbeddedBroker broker;

    EmbeddedBrokerTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        broker = start();
    }

    private EmbeddedBroker start() throws IOException {
        return EmbeddedBroker.start(
                folder, port, directory, (user, password) -> USERS.contains(user) && password.equals("demo"));
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    private JmsCaller as(Protocol protocol, String user) {
        return new JmsCaller(protocol, port, user);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_party_may_send_to_its_own_door_and_read_its_own_queue_and_nothing_else(Protocol protocol) {
        forbidden(protocol, crm -> crm.send("hub.in.CRM-100", crm.text("x")));
        forbidden(protocol, crm -> crm.send("hub.in.CRM-999", crm.text("x")));
        forbidden(protocol, crm -> crm.send("hub.out.CRM-250", crm.text("x")));
        forbidden(protocol, crm -> crm.send("hub.out.CRM-100", crm.text("x")));
        forbidden(protocol, crm -> crm.send("hub.invalid", crm.text("x")));
        forbidden(protocol, crm -> crm.send("a.queue.of.its.own", crm.text("x")));
        forbidden(protocol, crm -> crm.send("activemq.management", crm.text("x")));
        forbidden(protocol, crm -> crm.receive("hub.in.CRM-250", AT_ONCE));
        forbidden(protocol, crm -> crm.receive("hub.in.CRM-100", AT_ONCE));
        forbidden(protocol, crm -> crm.receive("hub.out.CRM-100", AT_ONCE));
        forbidden(protocol, crm -> crm.receive("hub.invalid", AT_ONCE));
        forbidden(protocol, crm -> crm.receive("a.queue.of.its.own", AT_ONCE));
        forbidden(protocol, crm -> crm.session().createConsumer(crm.session().createTopic("activemq.notifications")));
        assertThatExceptionOfType(JMSRuntimeException.class)
                .isThrownBy(() -> as(protocol, "nobody").close());
        assertThatExceptionOfType(JMSRuntimeException.class)
                .as("an operator is no party")
                .isThrownBy(() -> as(protocol, "operator").close());
        try (JmsCaller admin = as(protocol, "admin")) {
            assertThatExceptionOfType(JMSRuntimeException.class)
                    .as("the admin reads what was set aside, and nothing else")
                    .isThrownBy(() -> admin.receive("hub.out.CRM-250", AT_ONCE));
        }
        assertThatExceptionOfType(JMSRuntimeException.class)
                .as("without a password")
                .isThrownBy(() -> protocol.broker(port).createContext().start());
    }

    private interface Attempt {
        void make(JmsCaller caller) throws JMSException;
    }

    private void forbidden(Protocol protocol, Attempt attempt) {
        try (JmsCaller crm = as(protocol, "crm-250")) {
            assertThatExceptionOfType(JMSRuntimeException.class).isThrownBy(() -> attempt.make(crm));
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void nobody_reads_or_fills_anothers_temporary_queue(Protocol protocol) throws Exception {
        try (JmsCaller owner = as(protocol, "crm-100");
                JmsCaller hub = as(Protocol.CORE, "hub-000");
                JmsCaller other = as(protocol, "crm-250")) {
            TemporaryQueue queue = owner.session().createTemporaryQueue();
            String name = queue.getQueueName();
            hub.send(name, hub.text("the answer"));
            assertThatExceptionOfType(JMSRuntimeException.class).isThrownBy(() -> other.receive(name, AT_ONCE));
            assertThatExceptionOfType(JMSRuntimeException.class)
                    .isThrownBy(() -> as(protocol, "crm-250").send(name, owner.text("a forged answer")));

            TextMessage answer =
                    (TextMessage) owner.session().createConsumer(queue).receive(SOON.toMillis());
            assertThat(answer.getText()).isEqualTo("the answer");
        }
    }

    @Test
    void a_party_answers_at_the_temporary_queue_that_the_hub_names() throws Exception {
        try (JmsCaller hub = as(Protocol.CORE, "hub-000");
                JmsCaller crm = as(Protocol.CORE, "crm-250")) {
            TemporaryQueue queue = hub.session().createTemporaryQueue();
            crm.send(queue.getQueueName(), crm.text("the answer"));

            TextMessage answer =
                    (TextMessage) hub.session().createConsumer(queue).receive(SOON.toMillis());
            assertThat(answer.getText()).isEqualTo("the answer");
            assertThatExceptionOfType(JMSRuntimeException.class)
                    .isThrownBy(() -> crm.receive(queue.getQueueName(), AT_ONCE));
        }
    }

    @Test
    void what_it_has_stored_is_there_after_a_restart() throws Exception {
        try (JmsCaller hub = as(Protocol.CORE, "hub-000")) {
            hub.send("hub.out.CRM-250", hub.text("kept"));
        }
        broker.close();
        broker = start();

        try (JmsCaller crm = as(Protocol.AMQP, "crm-250")) {
            TextMessage kept = Objects.requireNonNull(crm.receive("hub.out.CRM-250", SOON));
            assertThat(kept.getText()).isEqualTo("kept");
        }
    }

    @Test
    void a_party_that_is_connected_by_JMS_later_has_queues_at_once() throws Exception {
        Directories.change(directory, "parties: {CRM-100: {transport: jms}, CRM-250: {}}");

        try (JmsCaller crm = as(Protocol.CORE, "crm-100")) {
            assertThat(crm.receive("hub.out.CRM-100", AT_ONCE)).isNull();
        }
    }
}
