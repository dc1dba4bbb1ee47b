package org.relayhub.adapter;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.http.common.HttpMessage;
import org.relayhub.message.Answer;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.InterBossDocument;

/** Between a multipart request and the document in it: the steps of the Kamelet {@code multipart-inbound}. */
public final class MultipartInbound {

    private final Intake intake;
    private final AnswerWriter answers;

    public MultipartInbound(Intake intake, AnswerWriter answers) {
        this.intake = intake;
        this.answers = answers;
    }

    /**
     * Takes over the document that the request was found to hold.
     *
     * @throws IllegalStateException if nobody looked, as where the address is not the one that is guarded
     */
    public InboundDocument receive(Exchange exchange) {
        HttpServletRequest request = exchange.getMessage(HttpMessage.class).getRequest();
        if (!(request.getAttribute(MultipartRequestFilter.DOCUMENT) instanceof InterBossDocument document)) {
            throw new IllegalStateException("nobody has read the request");
        }
        var inbound = new InboundDocument(document, "multipart", request.getRemoteUser());
        intake.begin(exchange, inbound);
        return inbound;
    }

    /** Turns what the flow answered into the document that is the answer. */
    public void answer(Exchange exchange) {
        InboundDocument inbound = intake.document(exchange);
        Answer answer = exchange.getMessage().getBody(Answer.class);
        intake.end(exchange, answer);
        var message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        message.setHeader(Exchange.CONTENT_TYPE, "text/xml;charset=UTF-8");
        message.setBody(answers.write(inbound.document(), answer).getBytes(StandardCharsets.UTF_8));
    }
}
