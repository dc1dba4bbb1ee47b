package org.relayhub.adapter;

import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.camel.Exchange;
import org.apache.camel.component.cxf.common.CxfPayload;
import org.apache.camel.component.cxf.common.message.CxfConstants;
import org.apache.cxf.configuration.jsse.TLSClientParameters;
import org.apache.cxf.staxutils.StaxUtils;
import org.apache.cxf.transports.http.configuration.HTTPClientPolicy;
import org.relayhub.adapter.tls.PeerTls;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.trace.Traceparent;

/** Between a call to a party and the SOAP request that makes it: the steps of the Kamelet {@code soap-outbound}. */
public final class SoapOutbound {

    private final DocumentReader reader;
    private final PartyAccess access;
    private final PeerTls tls;

    public SoapOutbound(DocumentReader reader, PartyAccess access, PeerTls tls) {
        this.reader = reader;
        this.access = access;
        this.tls = tls;
    }

    /** Prepares the request: its address, time limit, credentials and document. */
    public void prepare(Exchange exchange) {
        var call = exchange.getMessage().getBody(PeerCall.class);
        PartyEntry entry = call.entry();
        var policy = new HTTPClientPolicy();
        policy.setVersion("1.1");
        policy.setAllowChunking(false);
        policy.setConnectionTimeout(entry.timeout().toMillis());
        policy.setReceiveTimeout(entry.timeout().toMillis());
        Map<String, Object> context = new HashMap<>();
        context.put(HTTPClientPolicy.class.getName(), policy);
        // A peer that is a hub like this one sends its client faults with 400.
        context.put("org.apache.cxf.transport.process_fault_on_http_400", true);
        TLSClientParameters proof = tls.soap();
        if (proof != null) {
            context.put(TLSClientParameters.class.getName(), proof);
        }
        var message = exchange.getMessage();
        message.removeHeaders("*");
        Traceparent.passOn(message::setHeader);
        message.setHeader(CxfConstants.REQUEST_CONTEXT, context);
        message.setHeader(
                CxfConstants.DESTINATION_OVERRIDE_URL, access.address(entry).toString());
        message.setHeader("Authorization", access.authorization(entry));
        message.setBody(new StreamSource(new StringReader(call.document())), Source.class);
    }

    /**
     * Takes the document out of the answer.
     *
     * @throws MalformedDocumentException if there is none
     */
    public InterBossDocument answer(Exchange exchange) {
        var payload = exchange.getMessage().getBody(CxfPayload.class);
        if (payload == null || payload.getBodySources().size() != 1) {
            throw new MalformedDocumentException("the SOAP body does not hold one document");
        }
        return reader.read(StaxUtils.createXMLStreamReader(
                (Source) payload.getBodySources().get(0)));
    }
}
