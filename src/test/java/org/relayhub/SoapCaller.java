package org.relayhub;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Posts SOAP requests as a party's client would, with nothing of the hub's own code between. */
public final class SoapCaller {

    private static final Pattern CODE = Pattern.compile("<RspCode>([0-9]{4})</RspCode>");
    private static final Pattern TRANS_IDH = Pattern.compile("<TransIDH>([^<]*)</TransIDH>");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI address;
    private final String password;

    /** A client of a hub of the default profile. */
    public SoapCaller(int port) {
        this(port, "demo");
    }

    /** @param password of whoever it calls as */
    public SoapCaller(int port, String password) {
        this.password = password;
        address = URI.create("http://127.0.0.1:" + port + "/ws/interboss");
    }

    /** What came back. */
    public record Reply(int status, String body) {

        /** The RspCode; empty if the reply is a fault. */
        public String code() {
            Matcher found = CODE.matcher(body);
            return found.find() ? found.group(1) : "";
        }

        /** The first value of an element; empty if there is none. */
        public String value(String element) {
            Matcher found = Pattern.compile("<" + element + ">([^<]*)</" + element + ">")
                    .matcher(body);
            return found.find() ? found.group(1) : "";
        }

        public String transIdh() {
            Matcher found = TRANS_IDH.matcher(body);
            return found.find() ? found.group(1) : "";
        }
    }

    public static String envelope(String document) {
        return "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>" + document
                + "</soap:Body></soap:Envelope>";
    }

    /** Posts a document in an envelope. */
    public Reply send(String user, String document, String... headers) throws IOException, InterruptedException {
        return post(user, envelope(document).getBytes(StandardCharsets.UTF_8), "text/xml; charset=UTF-8", headers);
    }

    /**
     * Posts any bytes.
     *
     * @param headers more of them, each name before its value
     */
    public Reply post(String user, byte[] content, String contentType, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", contentType)
                .header("SOAPAction", "\"\"")
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)))
                .POST(HttpRequest.BodyPublishers.ofByteArray(content));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> response =
                http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new Reply(response.statusCode(), response.body());
    }
}
