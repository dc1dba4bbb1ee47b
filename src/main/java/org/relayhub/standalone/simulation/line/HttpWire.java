package org.relayhub.standalone.simulation.line;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;

/** What a document looks like on its way over HTTP. */
public interface HttpWire {

    /** What is sent, and as what. */
    record Content(String type, byte[] bytes) {}

    /** Where the hub takes such requests, below its root. */
    String path();

    /** What a request has to say of itself beside its content type. */
    Map<String, String> requestHeaders();

    Content request(String document);

    /**
     * Reads the document in a request.
     *
     * @throws MalformedDocumentException if there is none
     */
    InterBossDocument readRequest(String contentType, InputStream request) throws IOException;

    Content response(String document);

    /**
     * Reads the document in an answer.
     *
     * @throws MalformedDocumentException if there is none
     */
    InterBossDocument readResponse(InputStream response) throws IOException;

    /** What is answered to something that is no document. */
    Content clientFault();
}
