package org.relayhub.adapter.jms;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.SafeParsers;

/** Takes the text out of a message, if it has one of at most 1 MiB. */
final class MessageText {

    private static final int UTF_16_BYTES_PER_CHARACTER = 2;

    private MessageText() {}

    /** @throws MalformedDocumentException if it has none */
    static String of(Message message) throws JMSException {
        requireSmall(message);
        if (message instanceof TextMessage textMessage && textMessage.getText() != null) {
            String text = textMessage.getText();
            if (text.getBytes(StandardCharsets.UTF_8).length > SafeParsers.MAX_BYTES) {
                throw tooLarge();
            }
            return text;
        }
        if (message instanceof BytesMessage bytesMessage) {
            // As AMQP clients send data.
            return decoded(bytesMessage);
        }
        throw new MalformedDocumentException("it is no text message");
    }

    /** Before the body is read: the client would hold all of it in memory. */
    private static void requireSmall(Message message) throws JMSException {
        long bytes = message instanceof ActiveMQMessage artemis
                ? artemis.getCoreMessage().getBodySize()
                : 0;
        if (bytes > (long) UTF_16_BYTES_PER_CHARACTER * (SafeParsers.MAX_BYTES + 1)
                || (message instanceof BytesMessage bytesMessage
                        && bytesMessage.getBodyLength() > SafeParsers.MAX_BYTES)) {
            throw tooLarge();
        }
    }

    private static String decoded(BytesMessage message) throws JMSException {
        byte[] bytes = new byte[(int) message.getBodyLength()];
        message.readBytes(bytes);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedDocumentException("the bytes are not UTF-8");
        }
    }

    private static MalformedDocumentException tooLarge() {
        return new MalformedDocumentException("the document is larger than 1 MiB");
    }
}
