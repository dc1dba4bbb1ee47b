package org.relayhub.standalone.broker;

import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ICoreMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.client.impl.ClientConsumerImpl;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.reader.MessageUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refuses a message that a client of CORE, such as the hub, could not be given. The broker itself stores what comes over
 * AMQP as it is and converts it at each delivery: if that fails, nothing behind the message is ever read.
 */
final class ReadableByCore implements ActiveMQServerMessagePlugin {

    private static final Logger log = LoggerFactory.getLogger(ReadableByCore.class);

    @Override
    public void beforeSend(
            ServerSession session,
            @Nullable Transaction transaction,
            Message message,
            boolean direct,
            boolean noAutoCreateQueue)
            throws ActiveMQException {
        if (!isReadable(message)) {
            log.warn(
                    "A message of {} was refused at the broker: it has a value that CORE has no type for",
                    session.getValidatedUser());
            throw new ActiveMQException("The message has a value that CORE has no type for");
        }
    }

    /** By trying, since only the conversion knows what it can do. What it makes is another message, which is forgotten. */
    private static boolean isReadable(Message message) {
        try {
            ICoreMessage converted = message.toCore();
            return haveTypesOfJms(converted)
                    && !converted.containsProperty(ClientConsumerImpl.FORCED_DELIVERY_MESSAGE)
                    // CORE's own clients compress; another's body would be taken for a compressed one.
                    && (!converted.getBooleanProperty(Message.HDR_LARGE_COMPRESSED) || message instanceof CoreMessage);
        } catch (RuntimeException | StackOverflowError unreadable) {
            return false;
        }
    }

    /** A sender may give the names of headers to properties of its own; a header that is no text is found when it is read. */
    private static boolean haveTypesOfJms(ICoreMessage message) {
        message.getGroupID();
        MessageUtil.getJMSReplyTo(message);
        MessageUtil.getJMSType(message);
        return true;
    }
}
