package org.relayhub.standalone.broker;

import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Has the broker say who has sent a message that came over AMQP, as it does itself for CORE. Where several parties send to
 * one address, nothing else tells them apart.
 */
final class VouchedSender implements ActiveMQServerMessagePlugin {

    @Override
    public void beforeSend(
            ServerSession session,
            @Nullable Transaction transaction,
            Message message,
            boolean direct,
            boolean noAutoCreateQueue) {
        String user = session.getValidatedUser();
        if (user != null && !(message instanceof CoreMessage)) {
            message.setBrokerProperty(Message.HDR_VALIDATED_USER, user);
        }
    }
}
