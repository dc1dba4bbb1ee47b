package org.relayhub.standalone.simulation.line;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.multipart.DocumentParts;
import org.relayhub.message.multipart.MultipartForm;
import org.relayhub.message.multipart.MultipartReader;

/** HTTP multipart: a form of two parts there, and the document itself back. */
public final class MultipartWire implements HttpWire {

    private static final String XML = "text/xml;charset=UTF-8";

    private final DocumentReader reader;
    private final MultipartReader forms;

    public MultipartWire(DocumentReader reader) {
        this.reader = reader;
        this.forms = new MultipartReader(reader);
    }

    @Override
    public String path() {
        return "interboss";
    }

    @Override
    public Map<String, String> requestHeaders() {
        return Map.of();
    }

    @Override
    public Content request(String document) {
        MultipartForm form = MultipartForm.of(DocumentParts.of(document));
        return new Content(form.contentType(), form.content());
    }

    @Override
    public InterBossDocument readRequest(String contentType, InputStream request) throws IOException {
        if (!MultipartReader.isForm(contentType)) {
            throw new MalformedDocumentException("it is no multipart form");
        }
        return forms.read(contentType, request.readNBytes(SafeParsers.MAX_BYTES));
    }

    @Override
    public Content response(String document) {
        return new Content(XML, document.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public InterBossDocument readResponse(InputStream response) throws IOException {
        return reader.read(new String(response.readNBytes(SafeParsers.MAX_BYTES), StandardCharsets.UTF_8));
    }

    @Override
    public Content clientFault() {
        return new Content(
                "text/plain;charset=UTF-8",
                "no InterBOSS document in xmlhead and xmlbody".getBytes(StandardCharsets.UTF_8));
    }
}
