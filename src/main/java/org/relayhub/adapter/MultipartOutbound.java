package org.relayhub.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.relayhub.adapter.tls.PeerTls;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.multipart.DocumentParts;
import org.relayhub.message.multipart.MultipartForm;
import org.relayhub.trace.Traceparent;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClientResponseException;

/** Calls a party with a multipart form: the step of the Kamelet {@code multipart-outbound}. */
public final class MultipartOutbound {

    private static final int OK = 200;

    private final DocumentReader reader;
    private final PartyAccess access;
    private final PeerTls tls;

    public MultipartOutbound(DocumentReader reader, PartyAccess access, PeerTls tls) {
        this.reader = reader;
        this.access = access;
        this.tls = tls;
    }

    /**
     * Posts the document and reads the answer, all within the party's timeout.
     *
     * @return the document that the party answered
     * @throws RestClientResponseException if it answered with another status than 200
     * @throws MalformedDocumentException if what it answered is no document, or larger than one may be
     * @throws IOException if the connection failed, or the time is over
     */
    public InterBossDocument call(PeerCall call) throws IOException {
        PartyEntry entry = call.entry();
        MultipartForm form = MultipartForm.of(DocumentParts.of(call.document()));
        var requests = new JdkClientHttpRequestFactory(tls.http());
        requests.setReadTimeout(entry.timeout());
        ClientHttpRequest request = requests.createRequest(access.address(entry), HttpMethod.POST);
        HttpHeaders headers = request.getHeaders();
        headers.set(HttpHeaders.AUTHORIZATION, access.authorization(entry));
        headers.set(HttpHeaders.CONTENT_TYPE, form.contentType());
        Traceparent.passOn(headers::set);
        // With a length it goes out whole; older peers know no chunks.
        headers.setContentLength(form.content().length);
        request.getBody().write(form.content());
        long began = System.nanoTime();
        try (ClientHttpResponse response = request.execute()) {
            return answer(response);
        } catch (IOException e) {
            // An answer that is late after it has begun ends as a connection that was closed.
            if (System.nanoTime() - began >= entry.timeout().toNanos()) {
                var late = new HttpTimeoutException("no whole answer in time");
                late.initCause(e);
                throw late;
            }
            throw e;
        }
    }

    private InterBossDocument answer(ClientHttpResponse response) throws IOException {
        // Closed before the response is, which would read on to the end of an answer that has none.
        try (InputStream body = response.getBody()) {
            int status = response.getStatusCode().value();
            if (status != OK) {
                throw new RestClientResponseException(
                        "the party answered HTTP " + status, status, "", null, null, null);
            }
            byte[] content = body.readNBytes(SafeParsers.MAX_BYTES + 1);
            if (content.length > SafeParsers.MAX_BYTES) {
                throw new MalformedDocumentException("it is larger than 1 MiB");
            }
            return reader.read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new MalformedDocumentException("it is not UTF-8");
        }
    }
}
