package org.relayhub.standalone.simulation.line;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.codec.DocumentReader;

/** SOAP 1.1: an envelope there and an envelope back. */
public final class SoapWire implements HttpWire {

    private final SoapEnvelope envelope;

    public SoapWire(DocumentReader reader) {
        envelope = new SoapEnvelope(reader);
    }

    @Override
    public String path() {
        return "ws/interboss";
    }

    @Override
    public Map<String, String> requestHeaders() {
        return Map.of("SOAPAction", "\"\"");
    }

    @Override
    public Content request(String document) {
        return content(SoapEnvelope.wrap(document));
    }

    @Override
    public InterBossDocument readRequest(String contentType, InputStream request) {
        return envelope.open(request);
    }

    @Override
    public Content response(String document) {
        return content(SoapEnvelope.wrap(document));
    }

    @Override
    public InterBossDocument readResponse(InputStream response) {
        return envelope.open(response);
    }

    @Override
    public Content clientFault() {
        return content(SoapEnvelope.clientFault());
    }

    private static Content content(String text) {
        return new Content(SoapEnvelope.CONTENT_TYPE, text.getBytes(StandardCharsets.UTF_8));
    }
}
