package org.relayhub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.relayhub.message.multipart.Form;

/** Posts multipart forms as a party's client would, with nothing of the hub's own code between. */
public final class MultipartCaller {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI address;

    public MultipartCaller(int port) {
        address = URI.create("http://127.0.0.1:" + port + "/interboss");
    }

    /** Posts a document in its two parts. */
    public SoapCaller.Reply send(String user, String document) throws IOException, InterruptedException {
        Form form = Form.of(document);
        return post(user, form.bytes(), form.contentType());
    }

    /** Posts any bytes. */
    public SoapCaller.Reply post(String user, byte[] content, String contentType)
            throws IOException, InterruptedException {
        return post(user, HttpRequest.BodyPublishers.ofByteArray(content), contentType);
    }

    /** Posts any bytes without saying how many there are. */
    public SoapCaller.Reply postInChunks(String user, byte[] content, String contentType)
            throws IOException, InterruptedException {
        return post(
                user,
                HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(content)),
                contentType);
    }

    private SoapCaller.Reply post(String user, HttpRequest.BodyPublisher content, String contentType)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", contentType)
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder().encodeToString((user + ":demo").getBytes(StandardCharsets.UTF_8)))
                .POST(content)
                .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new SoapCaller.Reply(response.statusCode(), response.body());
    }
}
