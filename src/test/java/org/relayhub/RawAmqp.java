package org.relayhub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.apache.qpid.jms.JmsDestination;
import org.apache.qpid.jms.message.JmsMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsMessageFacade;
import org.apache.qpid.proton.message.Message;

/** A message of AMQP with types that JMS has no name for; sent as it is, by a connection over AMQP. */
public final class RawAmqp extends AmqpJmsMessageFacade {

    private static final int MOST_BYTES = 1024 * 1024;

    private final Message message;

    private RawAmqp(Message message) {
        this.message = message;
    }

    /** To be sent like any other message of JMS, to the queue that it names itself. */
    public static JmsMessage of(Message message) {
        return new JmsMessage(new RawAmqp(message));
    }

    @Override
    public ByteBuf encodeMessage() {
        byte[] encoded = new byte[MOST_BYTES];
        return Unpooled.wrappedBuffer(encoded, 0, message.encode(encoded, 0, encoded.length));
    }

    @Override
    public AmqpJmsMessageFacade copy() {
        return this;
    }

    @Override
    public void setDestination(JmsDestination destination) {
        // the message says it itself
    }

    @Override
    public void onSend(long timeToLive) {
        // nothing is added to it
    }
}
