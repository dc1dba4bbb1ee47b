package org.relayhub.adapter.jms;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Queues;
import org.relayhub.message.Party;

/**
 * A message that a party has sent to its queue, and where its answer goes.
 *
 * @param party whose queue it is
 */
record QueuedMessage(TakenMessage taken, Party party) {

    QueuedMessage(Message message, Session session, Party party) {
        this(new TakenMessage(message, session, Queues.in(party), party.toString()), party);
    }

    /** Whether it says that somebody else has sent it than the one who may. */
    boolean isAnothers() throws JMSException {
        return taken.isOfAnotherThan(party);
    }

    /** Where its answer may go; null if it asks for none. */
    @Nullable
    Destination replyTo() throws JMSException {
        return taken.message().getJMSReplyTo();
    }

    /** Whether its answer may go where it asks for it. */
    boolean asksForItsOwn() throws JMSException {
        Destination replyTo = replyTo();
        return replyTo == null
                || (replyTo instanceof Queue queue && Queues.mayBeAnsweredAt(party, queue.getQueueName()));
    }

    Queue ownQueue() throws JMSException {
        return taken.session().createQueue(Queues.out(party));
    }

    void answer(Destination to, String text) throws JMSException {
        TextMessage answer = taken.session().createTextMessage(text);
        answer.setJMSCorrelationID(taken.correlation());
        boolean kept = isOwnQueue(to);
        try (MessageProducer producer = taken.session().createProducer(null)) {
            producer.setDeliveryMode(kept ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
            producer.send(to, answer);
        }
    }

    boolean isOwnQueue(Destination to) throws JMSException {
        return to instanceof Queue queue && queue.getQueueName().equals(Queues.out(party));
    }
}
