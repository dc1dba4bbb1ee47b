package org.relayhub.standalone.simulation.line;

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
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.standalone.simulation.line.Outcome.Verdict;

/** Calls the hub over HTTP as any partner does, with the party's own name and password. */
public final class HttpLine implements HubLine {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Supplier<URI> hub;
    private final String password;
    private final HttpWire wire;
    private final ResponseCodes codes;

    /** @param hub the hub's root; asked at each call, because the port is known only once it is open */
    public HttpLine(Supplier<URI> hub, String password, HttpWire wire, ResponseCodes codes) {
        this.hub = hub;
        this.password = password;
        this.wire = wire;
        this.codes = codes;
    }

    @Override
    public Outcome send(Party party, String document) throws InterruptedException {
        HttpWire.Content content = wire.request(document);
        HttpRequest.Builder request = HttpRequest.newBuilder(hub.get().resolve(wire.path()))
                .timeout(TIMEOUT)
                .header("Content-Type", content.type())
                .header("Authorization", basic(party))
                .POST(HttpRequest.BodyPublishers.ofByteArray(content.bytes()));
        wire.requestHeaders().forEach(request::header);
        try {
            HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
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
        try {
            return Outcome.of(wire.readResponse(body), codes);
        } catch (MalformedDocumentException e) {
            return new Outcome(Verdict.TRY_AGAIN, "the answer is no document: " + e.getMessage());
        }
    }

    private String basic(Party party) {
        byte[] credentials = (party.user() + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }
}
