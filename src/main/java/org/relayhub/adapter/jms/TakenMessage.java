package org.relayhub.adapter.jms;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.util.Optional;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Queues;
import org.relayhub.message.Party;

/**
 * A message that was taken off a queue or a subscription. What is sent about it goes in the transaction of the session that
 * took it.
 *
 * @param source the queue or topic that it was sent to
 * @param sender who may send to that, as logs and metrics name it: {@code CRM-250}, or {@code NETW-*} for several
 */
record TakenMessage(Message message, Session session, String source, String sender) {

    /** Of a message that AMQP brought: the id that its sender knows. The broker's own says nothing to the sender. */
    private static final String AMQP_MESSAGE_ID = "NATIVE_MESSAGE_ID";

    /** Who sent it: of CORE the broker's word, of AMQP only the sender's, unless the broker vouches for that, too. */
    private static final String USER = "JMSXUserID";

    private static final String REASON = "hubReason";
    private static final String QUEUE = "hubQueue";

    /** Whether it says that somebody else has sent it than a party. */
    boolean isOfAnotherThan(Party party) throws JMSException {
        String user = message.getStringProperty(USER);
        return user != null && !user.isEmpty() && !user.equals(party.user());
    }

    /** The party that it says has sent it; empty if it says nothing, or names what is no party's user. */
    Optional<Party> saidSender() throws JMSException {
        return Party.ofUser(message.getStringProperty(USER));
    }

    /** The same on every redelivery, and of no other message; what the sender calls it is neither. */
    String key() {
        long id = message instanceof ActiveMQMessage artemis
                ? artemis.getCoreMessage().getMessageID()
                : 0;
        return source + " " + id;
    }

    /** Puts it where an operator finds it, as it came, with the reason. */
    void setAside(String reason) throws JMSException {
        String id = correlation();
        message.clearProperties();
        message.setStringProperty(REASON, reason);
        message.setStringProperty(QUEUE, source);
        message.setJMSCorrelationID(id);
        try (MessageProducer producer = session.createProducer(null)) {
            producer.send(session.createQueue(Queues.INVALID), message);
        }
    }

    /** By what its sender knows it. */
    @Nullable
    String correlation() throws JMSException {
        if (message.getJMSCorrelationID() != null) {
            return message.getJMSCorrelationID();
        }
        String amqp = message.getStringProperty(AMQP_MESSAGE_ID);
        return amqp == null ? message.getJMSMessageID() : amqp;
    }
}
