package org.relayhub.standalone.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Supplier;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.relayhub.message.codes.ResponseCodes;

/** Calls the hub as any partner does: SOAP over HTTP, with the party's own name and password. */
final class HubClient {

    /** What came of a call. */
    enum Verdict {
        ACCEPTED,
        /** No answer, or one that another try may better. */
        TRY_AGAIN,
        REFUSED
    }

    /** @param reason the code of the answer and its words, or why there is none; holds no value of the document */
    record Outcome(Verdict verdict, String reason) {}

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Supplier<URI> hub;
    private final String password;
    private final SoapEnvelope envelope;
    private final ResponseCodes codes;

    /** @param hub where the hub's SOAP endpoint is; asked at each call, because the port is known only once it is open */
    HubClient(Supplier<URI> hub, String password, SoapEnvelope envelope, ResponseCodes codes) {
        this.hub = hub;
        this.password = password;
        this.envelope = envelope;
        this.codes = codes;
    }

    /**
     * Sends a document and judges the answer.
     *
     * @param document in the form in which the party sends
     * @throws InterruptedException if the hub is being stopped
     */
    Outcome send(Party party, String document) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(hub.get())
                .timeout(TIMEOUT)
                .header("Content-Type", SoapEnvelope.CONTENT_TYPE)
                .header("SOAPAction", "\"\"")
                .header("Authorization", basic(party))
                .POST(HttpRequest.BodyPublishers.ofString(SoapEnvelope.wrap(document), StandardCharsets.UTF_8))
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return judge(response.statusCode(), body);
            }
        } catch (IOException e) {
            return new Outcome(Verdict.TRY_AGAIN, "no answer (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Outcome judge(int status, InputStream body) throws IOException {
        if (status != 200) {
            // A client fault stays one; a missing sign-on or a busy server may be mended.
            return new Outcome(status == 400 ? Verdict.REFUSED : Verdict.TRY_AGAIN, "HTTP status " + status);
        }
        InterBossDocument document;
        try {
            document = envelope.open(body);
        } catch (MalformedDocumentException e) {
            return new Outcome(Verdict.TRY_AGAIN, "the answer is no document: " + e.getMessage());
        }
        Response response = document.response();
        if (response == null) {
            return new Outcome(Verdict.TRY_AGAIN, "the answer has no Response");
        }
        String code = response.rspCode();
        String reason = code + " " + response.rspDesc();
        if (code.equals(ResponseCodes.SUCCESS)) {
            return new Outcome(Verdict.ACCEPTED, reason);
        }
        boolean retry = codes.of(code, response.rspType()).retry();
        return new Outcome(retry ? Verdict.TRY_AGAIN : Verdict.REFUSED, reason);
    }

    private String basic(Party party) {
        byte[] credentials = (party.user() + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    /** Where a ticket's story can be read. */
    URI story(String indictSeq) {
        return hub.get().resolve("/api/tickets/" + indictSeq);
    }
}
