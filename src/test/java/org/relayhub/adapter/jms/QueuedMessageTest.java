package org.relayhub.adapter.jms;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.FreePort;
import org.relayhub.message.Party;

/** What the hub takes a message for, at a broker that vouches for nobody. */
class QueuedMessageTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final String QUEUE = "hub.in.CRM-250";
    private static final long PATIENCE = 10_000;

    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final int port;

    QueuedMessageTest() throws Exception {
        port = FreePort.any();
        broker.setConfiguration(new ConfigurationImpl()
                .setSecurityEnabled(false)
                .setPersistenceEnabled(false)
                .addAcceptorConfiguration("all", "tcp://127.0.0.1:" + port + "?protocols=CORE,AMQP"));
        broker.start();
    }

    @AfterEach
    void stop() throws Exception {
        broker.stop();
    }

    private ConnectionFactory core() {
        return new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
    }

    private ConnectionFactory client(String protocol) {
        return protocol.equals("CORE") ? core() : new JmsConnectionFactory("amqp://127.0.0.1:" + port);
    }

    private static QueuedMessage queued(Message message) {
        // What is asked here needs no session.
        return new QueuedMessage(message, noSession(), CRM);
    }

    private static Session noSession() {
        return (Session) java.lang.reflect.Proxy.newProxyInstance(
                Session.class.getClassLoader(), new Class<?>[] {Session.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                });
    }

    @Test
    void who_says_to_be_another_user_than_the_queues_party_is_not_believed() throws Exception {
        try (JMSContext sender = core().createContext();
                JMSContext hub = core().createContext();
                JMSConsumer consumer = hub.createConsumer(hub.createQueue(QUEUE))) {
            for (String user : new String[] {"crm-100", "CRM-250", "crm-250", ""}) {
                TextMessage message = sender.createTextMessage("x");
                message.setStringProperty("JMSXUserID", user);
                sender.createProducer().send(sender.createQueue(QUEUE), message);
                boolean another = !user.isEmpty() && !user.equals("crm-250");

                assertThat(queued(consumer.receive(PATIENCE)).isAnothers())
                        .as(user)
                        .isEqualTo(another);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CORE", "AMQP"})
    void a_message_keeps_its_key_when_it_comes_again_and_shares_it_with_no_other(String protocol) throws Exception {
        try (JMSContext sender = client(protocol).createContext();
                JMSContext hub = core().createContext(JMSContext.SESSION_TRANSACTED);
                JMSConsumer consumer = hub.createConsumer(hub.createQueue(QUEUE))) {
            Set<String> keys = new HashSet<>();
            for (int i = 0; i < 3; i++) {
                sender.createProducer()
                        .setDisableMessageID(true)
                        .send(sender.createQueue(QUEUE), sender.createTextMessage("the same"));
                String first = queued(consumer.receive(PATIENCE)).taken().key();
                hub.rollback();
                String again = queued(consumer.receive(PATIENCE)).taken().key();
                hub.commit();

                assertThat(again).isEqualTo(first);
                keys.add(first);
            }
            assertThat(keys).hasSize(3);
        }
    }
}
