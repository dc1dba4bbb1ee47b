package org.relayhub.adapter.jms;

import org.apache.camel.Exchange;
import org.apache.camel.component.jms.JmsConstants;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.Queues;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.trace.Traceparent;

/** Between a call to a party and the JMS message that makes it: the steps of the Kamelet {@code jms-outbound}. */
public final class JmsOutbound {

    private final DocumentReader reader;

    JmsOutbound(DocumentReader reader) {
        this.reader = reader;
    }

    /** Prepares the message: its queue, how long an answer is waited for, and the document. */
    public void prepare(Exchange exchange) {
        var call = exchange.getMessage().getBody(PeerCall.class);
        var message = exchange.getMessage();
        message.removeHeaders("*");
        Traceparent.passOn(message::setHeader);
        message.setHeader(
                JmsConstants.JMS_DESTINATION_NAME, Queues.out(call.entry().party()));
        message.setHeader(
                JmsConstants.JMS_REQUEST_TIMEOUT, call.entry().timeout().toMillis());
        message.setBody(call.document());
        exchange.setProperty("asks", call.asks());
    }

    /**
     * What the party has answered, or that the broker has the message.
     *
     * @throws MalformedDocumentException if the answer holds no document
     */
    public Object answer(Exchange exchange) {
        if (!exchange.getProperty("asks", Boolean.class)) {
            return new PeerAnswer.Stored();
        }
        if (!(exchange.getMessage().getBody() instanceof String text)) {
            throw new MalformedDocumentException("it is no text message");
        }
        InterBossDocument document = reader.read(text);
        exchange.getMessage().removeHeaders("*");
        return document;
    }
}
