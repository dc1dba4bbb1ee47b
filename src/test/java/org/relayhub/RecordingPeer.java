package org.relayhub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsExchange;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Answer;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;

/** A party's system on loopback that writes down all that it is sent, in the order of arrival. */
public final class RecordingPeer implements AutoCloseable {

    private final Loopback server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
    private final AtomicLong serial = new AtomicLong();
    private final DocumentReader reader = new DocumentReader(new DocumentSchema(Messages.SCHEMAS), Clock.systemUTC());
    private final ResponseDocument responses = new ResponseDocument(
            new ResponseCodes(CodeTable.read(Messages.SCHEMAS, "response-codes")), new DocumentWriter());
    private volatile Function<Arrival, String> answer = arrival -> "0000";
    private volatile Function<Arrival, Mishap> mishap = arrival -> Mishap.NONE;

    private final Transport transport;
    private volatile @Nullable BigInteger lastCertificate;

    /**
     * One document that was sent here.
     *
     * @param traceparent the header of that name; null if there was none
     */
    public record Arrival(
            String transIdo,
            String activityCode,
            String indictSeq,
            String wire,
            @Nullable String traceparent) {}

    /** What goes wrong with a message at a peer. */
    public enum Mishap {
        NONE,
        /** The connection ends; it has nothing. */
        RESETS,
        /** It has the message, and the connection ends without an answer. */
        DIES,
        /** It has the message, and answers when nobody waits any more. */
        IS_LATE,
        /** It has the message, and says nothing as long as this lasts; then the connection ends. */
        HANGS,
        /** It has the message, and answers what is no document. */
        BABBLES
    }

    /** Longer than any test's time limit of a call. */
    private static final long LATE_SECONDS = 4;

    /** How it is called. */
    public enum Transport {
        SOAP,
        MULTIPART
    }

    /** A peer that is called by SOAP. */
    public RecordingPeer() {
        this(Transport.SOAP);
    }

    public RecordingPeer(Transport transport) {
        this(transport, null);
    }

    /** @param tls with what it serves HTTPS, to those alone who show a certificate that it trusts; null for HTTP */
    public RecordingPeer(Transport transport, @Nullable SSLContext tls) {
        this.transport = transport;
        server = Loopback.serving(this::take, threads, tls);
    }

    /** The serial number of the certificate by which its last caller has proved itself; null for none. */
    public @Nullable BigInteger lastCertificate() {
        return lastCertificate;
    }

    public String address() {
        return server.address();
    }

    /** How it answers: a response code, or empty to close the connection without an answer. */
    public void answering(Function<Arrival, String> code) {
        answer = code;
    }

    /** What goes wrong with which message. */
    public void suffering(Function<Arrival, Mishap> what) {
        mishap = what;
    }

    public List<Arrival> arrivals() {
        return List.copyOf(arrivals);
    }

    private void take(HttpExchange exchange) throws IOException {
        if (exchange instanceof HttpsExchange secured) {
            lastCertificate = ((X509Certificate) secured.getSSLSession().getPeerCertificates()[0]).getSerialNumber();
        }
        String wire = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        InterBossDocument document = reader.read(document(wire));
        var arrival = new Arrival(
                document.header().transIdo(),
                document.header().activityCode(),
                document.requireBody().get("IndictSeq"),
                wire,
                exchange.getRequestHeaders().getFirst("traceparent"));
        String code = answer.apply(arrival);
        Mishap wrong = mishap.apply(arrival);
        if (code.isEmpty() || wrong == Mishap.RESETS) {
            exchange.close();
            return;
        }
        arrivals.add(arrival);
        if (wrong == Mishap.DIES) {
            exchange.close();
            return;
        }
        if (wrong == Mishap.HANGS) {
            hang();
            exchange.close();
            return;
        }
        if (wrong == Mishap.IS_LATE) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(LATE_SECONDS));
        }
        String words = code.equals("0000") ? "" : PersonalData.WORDS;
        var reply = new Answer(code, words, "PEER" + serial.incrementAndGet(), "20261122093001", null);
        String answered = responses.canonical(document, reply);
        byte[] content = (transport == Transport.SOAP ? SoapCaller.envelope(answered) : answered)
                .getBytes(StandardCharsets.UTF_8);
        if (wrong == Mishap.BABBLES) {
            content = "<html><body>502 Bad Gateway</body></html>".getBytes(StandardCharsets.UTF_8);
        }
        exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=UTF-8");
        exchange.sendResponseHeaders(200, content.length);
        exchange.getResponseBody().write(content);
        exchange.close();
    }

    /** Until something else goes wrong, or nothing. */
    private void hang() {
        Function<Arrival, Mishap> now = mishap;
        while (mishap == now && !threads.isShutdown()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Cuts the document out of what came, by its marks alone. */
    private String document(String wire) {
        String document = element(wire, "<InterBOSS", "</InterBOSS>");
        return transport == Transport.SOAP
                ? document
                : document.replace("</InterBOSS>", element(wire, "<SvcCont", "</SvcCont>") + "</InterBOSS>");
    }

    private static String element(String wire, String start, String end) {
        return wire.substring(wire.indexOf(start), wire.lastIndexOf(end) + end.length());
    }

    @Override
    public void close() {
        server.stop();
        threads.shutdownNow();
    }
}
