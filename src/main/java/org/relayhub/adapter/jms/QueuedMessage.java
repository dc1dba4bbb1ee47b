package org.relayhub.adapter.jms;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Queues;
import org.relayhub.message.Party;

/**
 * A message on its way off a party's queue. What is sent about it goes in the transaction of the session that took it.
 *
 * @param party whose queue it is
 */
record QueuedMessage(Message message, Session session, Party party) {

    /** Of a message that AMQP brought: the id that its sender knows. The broker's own says nothing to the sender. */
    private static final String AMQP_MESSAGE_ID = "NATIVE_MESSAGE_ID";

    /** Who sent it: of CORE the broker's word, of AMQP only the sender's. */
    private static final String USER = "JMSXUserID";

    private static final String REASON = "hubReason";
    private static final String QUEUE = "hubQueue";

    /** Whether it says that somebody else has sent it than the one who may. */
    boolean isAnothers() throws JMSException {
        String user = message.getStringProperty(USER);
        return user != null && !user.isEmpty() && !user.equals(party.user());
    }

    /** Where its answer may go; null if it asks for none. */
    @Nullable
    Destination replyTo() throws JMSException {
        return message.getJMSReplyTo();
    }

    /** Whether its answer may go where it asks for it. */
    boolean asksForItsOwn() throws JMSException {
        Destination replyTo = replyTo();
        return replyTo == null
                || (replyTo instanceof Queue queue && Queues.mayBeAnsweredAt(party, queue.getQueueName()));
    }

    Queue ownQueue() throws JMSException {
        return session.createQueue(Queues.out(party));
    }

    /** The same on every redelivery, and of no other message; what the sender calls it is neither. */
    String key() {
        long id = message instanceof ActiveMQMessage artemis
                ? artemis.getCoreMessage().getMessageID()
                : 0;
        return party + " " + id;
    }

    void answer(Destination to, String text) throws JMSException {
        TextMessage answer = session.createTextMessage(text);
        answer.setJMSCorrelationID(correlation());
        boolean kept = isOwnQueue(to);
        try (MessageProducer producer = session.createProducer(null)) {
            producer.setDeliveryMode(kept ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
            producer.send(to, answer);
        }
    }

    boolean isOwnQueue(Destination to) throws JMSException {
        return to instanceof Queue queue && queue.getQueueName().equals(Queues.out(party));
    }

    /** Puts it where an operator finds it, as it came, with the reason. */
    void setAside(String reason) throws JMSException {
        String id = correlation();
        message.clearProperties();
        message.setStringProperty(REASON, reason);
        message.setStringProperty(QUEUE, Queues.in(party));
        message.setJMSCorrelationID(id);
        try (MessageProducer producer = session.createProducer(null)) {
            producer.send(session.createQueue(Queues.INVALID), message);
        }
    }

    private @Nullable String correlation() throws JMSException {
        if (message.getJMSCorrelationID() != null) {
            return message.getJMSCorrelationID();
        }
        String amqp = message.getStringProperty(AMQP_MESSAGE_ID);
        return amqp == null ? message.getJMSMessageID() : amqp;
    }
}
