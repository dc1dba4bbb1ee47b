package org.relayhub.adapter;

import java.io.StringReader;
import java.security.Principal;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.component.cxf.common.CxfPayload;
import org.apache.camel.component.cxf.common.message.CxfConstants;
import org.apache.cxf.binding.soap.Soap11;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.message.Message;
import org.apache.cxf.security.SecurityContext;
import org.apache.cxf.staxutils.StaxUtils;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Answer;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.DocumentReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between a SOAP request and the document in it: the steps of the Kamelet {@code soap-inbound}. */
public final class SoapInbound {

    private static final Logger log = LoggerFactory.getLogger(SoapInbound.class);
    private static final QName CLIENT = Soap11.getInstance().getSender();

    private final DocumentReader reader;
    private final Intake intake;
    private final AnswerWriter answers;

    public SoapInbound(DocumentReader reader, Intake intake, AnswerWriter answers) {
        this.intake = intake;
        this.reader = reader;
        this.answers = answers;
    }

    /**
     * Takes the document out of a request.
     *
     * @throws SoapFault the client's, if the request holds nothing that can be read as XML
     */
    public InboundDocument receive(Exchange exchange) {
        var payload = exchange.getMessage().getBody(CxfPayload.class);
        if (payload == null || payload.getBodySources().size() != 1) {
            throw new SoapFault("The SOAP body must hold one InterBOSS document", CLIENT);
        }
        try {
            Source source = (Source) payload.getBodySources().get(0);
            XMLStreamReader xml = StaxUtils.createXMLStreamReader(source);
            var inbound = new InboundDocument(reader.read(xml), "soap", identity(exchange));
            intake.begin(exchange, inbound);
            return inbound;
        } catch (MalformedDocumentException e) {
            log.info("Refused a SOAP request of {}: {}", identity(exchange), e.getMessage());
            throw new SoapFault(String.valueOf(e.getMessage()), CLIENT);
        }
    }

    private static @Nullable String identity(Exchange exchange) {
        var message = exchange.getMessage().getHeader(CxfConstants.CAMEL_CXF_MESSAGE, Message.class);
        SecurityContext security = message == null ? null : message.get(SecurityContext.class);
        Principal principal = security == null ? null : security.getUserPrincipal();
        return principal == null ? null : principal.getName();
    }

    /** Turns what the flow answered into the SOAP answer. */
    public void answer(Exchange exchange) {
        InboundDocument inbound = intake.document(exchange);
        Answer answer = exchange.getMessage().getBody(Answer.class);
        intake.end(exchange, answer);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage()
                .setBody(new StreamSource(new StringReader(answers.write(inbound.document(), answer))), Source.class);
    }
}
