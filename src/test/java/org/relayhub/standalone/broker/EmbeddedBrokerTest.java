package org.relayhub.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayhub.FreePort;
import org.relayhub.JmsCaller;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;

/** Who may do what at the broker that the hub brings, by trying; and what it keeps. */
class EmbeddedBrokerTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final Set<String> USERS =
            Set.of("crm-250", "crm-100", "netw-250", "hub-000", "admin", "operator", "viewer");
    private static final String ALARMS = "network.alarms";
    private static final String SUBSCRIPTION = "hub-alarms";

    private final Directory directory =
            Directories.of("parties: {CRM-250: {transport: jms}, CRM-100: {transport: jms}, CRM-200: {}}");
    private final Path folder;
    private final int port;
    private EmbeddedBroker broker;

    EmbeddedBrokerTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        port = FreePort.any();
        broker = start();
    }

    private EmbeddedBroker start() throws IOException {
        return EmbeddedBroker.start(
                folder, port, directory, ALARMS, (user, password) -> USERS.contains(user) && password.equals("demo"));
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

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void only_a_network_platform_publishes_alarms_and_only_the_hub_takes_them(Protocol protocol) throws Exception {
        subscribe().close();
        try (JmsCaller platform = as(protocol, "netw-250")) {
            platform.publish(ALARMS, platform.text("an alarm"));
        }
        try (JmsCaller hub = as(Protocol.CORE, "hub-000")) {
            // An address and the name of a queue of it: this is how the broker calls a shared subscription.
            assertThat(Objects.requireNonNull(hub.receive(ALARMS + "::" + SUBSCRIPTION, SOON))
                            .getText())
                    .isEqualTo("an alarm");
        }
        for (String user : new String[] {"crm-250", "netw-250"}) {
            for (String aside : new String[] {ALARMS, "temp.x", SUBSCRIPTION, "hub.in.CRM-250"}) {
                forbidden(protocol, user, caller -> caller.send(aside + "::" + SUBSCRIPTION, caller.text("x")));
                forbidden(protocol, user, caller -> caller.publish(aside + "::" + SUBSCRIPTION, caller.text("x")));
                forbidden(protocol, user, caller -> caller.receive(aside + "::" + SUBSCRIPTION, AT_ONCE));
            }
            forbidden(protocol, user, caller -> caller.send("temp.x::hub.invalid", caller.text("x")));
            forbidden(protocol, user, caller -> caller.send("hub.alarms", caller.text("x")));
            forbidden(protocol, user, caller -> caller.session()
                    .createConsumer(caller.session().createTopic(ALARMS)));
            forbidden(protocol, user, caller -> caller.session()
                    .createSharedDurableConsumer(caller.session().createTopic(ALARMS), SUBSCRIPTION));
            forbidden(protocol, user, caller -> caller.session().unsubscribe(SUBSCRIPTION));
        }
        forbidden(protocol, caller -> caller.publish(ALARMS, caller.text("x")));
        forbidden(protocol, caller -> caller.send(ALARMS, caller.text("x")));
        forbidden(protocol, "netw-250", caller -> caller.send("hub.in.CRM-250", caller.text("x")));
        try (JmsCaller hub = as(Protocol.CORE, "hub-000")) {
            assertThat(hub.receive(ALARMS + "::" + SUBSCRIPTION, AT_ONCE)).isNull();
        }
    }

    /** As the hub subscribes. */
    private JMSContext subscribe() {
        JMSContext session = as(Protocol.CORE, "hub-000").session();
        session.createSharedDurableConsumer(session.createTopic(ALARMS), SUBSCRIPTION);
        return session;
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void what_is_published_while_no_hub_is_there_is_kept_with_the_name_of_who_has_sent_it(Protocol protocol)
            throws Exception {
        subscribe().close();
        try (JmsCaller platform = as(protocol, "netw-250")) {
            TextMessage alarm = platform.text("an alarm");
            alarm.setStringProperty("JMSXUserID", "netw-431");
            platform.publish(ALARMS, alarm);
        }
        broker.close();
        broker = start();

        try (JmsCaller one = as(Protocol.CORE, "hub-000");
                JmsCaller other = as(Protocol.CORE, "hub-000")) {
            JMSConsumer first =
                    one.session().createSharedDurableConsumer(one.session().createTopic(ALARMS), SUBSCRIPTION);
            Message kept = Objects.requireNonNull(first.receive(SOON.toMillis()));
            JMSConsumer second =
                    other.session().createSharedDurableConsumer(other.session().createTopic(ALARMS), SUBSCRIPTION);

            assertThat(kept.getBody(String.class)).isEqualTo("an alarm");
            assertThat(kept.getStringProperty("JMSXUserID")).isEqualTo("netw-250");
            assertThat(second.receive(AT_ONCE.toMillis()))
                    .as("each goes to one")
                    .isNull();
        }
    }

    private interface Attempt {
        void make(JmsCaller caller) throws JMSException;
    }

    private void forbidden(Protocol protocol, Attempt attempt) {
        forbidden(protocol, "crm-250", attempt);
    }

    private void forbidden(Protocol protocol, String user, Attempt attempt) {
        try (JmsCaller caller = as(protocol, user)) {
            assertThatExceptionOfType(JMSRuntimeException.class).isThrownBy(() -> attempt.make(caller));
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
