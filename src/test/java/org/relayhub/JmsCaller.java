package org.relayhub;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.Objects;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;

/** A party's JMS client, with nothing of the hub's own code between. */
public final class JmsCaller implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration AT_ONCE = Duration.ofMillis(200);

    /** What it speaks to the broker. */
    public enum Protocol {
        CORE {
            @Override
            public ConnectionFactory broker(int port) {
                return new ActiveMQConnectionFactory("tcp://127.0.0.1:" + port);
            }
        },
        AMQP {
            @Override
            public ConnectionFactory broker(int port) {
                return new JmsConnectionFactory("amqp://127.0.0.1:" + port);
            }
        };

        /** Where to connect. */
        public abstract ConnectionFactory broker(int port);
    }

    private final JMSContext session;
    private @Nullable TemporaryQueue replies;
    private @Nullable JMSConsumer answers;

    /** Connects to a broker of the default profile. */
    public JmsCaller(Protocol protocol, int port, String user) {
        this(protocol, port, user, "demo");
    }

    public JmsCaller(Protocol protocol, int port, String user, String password) {
        session = protocol.broker(port).createContext(user, password);
    }

    public Queue queue(String name) {
        return session.createQueue(name);
    }

    public TextMessage text(String text) {
        return session.createTextMessage(text);
    }

    public JMSContext session() {
        return session;
    }

    /** Sends a message and does not wait. */
    public void send(String queue, Message message) {
        session.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT).send(session.createQueue(queue), message);
    }

    /** Publishes a message and does not wait. */
    public void publish(String topic, Message message) {
        session.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT).send(session.createTopic(topic), message);
    }

    /** Sends a document and waits for its answer, which must name the request by its message id. */
    public SoapCaller.Reply request(String queue, String document) throws JMSException {
        TextMessage request = text(document);
        if (replies == null || answers == null) {
            replies = session.createTemporaryQueue();
            answers = session.createConsumer(replies);
        }
        request.setJMSReplyTo(replies);
        send(queue, request);
        TextMessage answer = (TextMessage) answers.receive(PATIENCE.toMillis());
        if (answer == null) {
            throw new AssertionError("no answer on JMSReplyTo");
        }
        if (!Objects.equals(answer.getJMSCorrelationID(), request.getJMSMessageID())) {
            throw new AssertionError("the answer names another request: " + answer.getJMSCorrelationID());
        }
        return new SoapCaller.Reply(200, answer.getText());
    }

    /** Takes off a queue whatever is there. */
    public void drain(String queue) {
        try (JMSConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            Message left;
            do {
                left = consumer.receive(AT_ONCE.toMillis());
            } while (left != null);
        }
    }

    /** The next message on a queue; null if none comes in time. */
    public @Nullable TextMessage receive(String queue, Duration patience) {
        return receive(session.createQueue(queue), patience);
    }

    private @Nullable TextMessage receive(Destination queue, Duration patience) {
        try (JMSConsumer consumer = session.createConsumer(queue)) {
            return (TextMessage) consumer.receive(patience.toMillis());
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
