package org.relayhub;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Answer;
import org.relayhub.message.Body;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;

/** A system on loopback that answers questions over SOAP as a test has scripted it. */
public final class AnsweringPeer implements AutoCloseable {

    /**
     * How one question is answered.
     *
     * @param code the RspCode; empty for no answer at all
     * @param body null for none
     * @param after how long it takes
     */
    public record Reply(String code, @Nullable Body body, Duration after) {

        public static Reply of(Body body) {
            return new Reply("0000", body, Duration.ZERO);
        }

        public static Reply code(String code) {
            return new Reply(code, null, Duration.ZERO);
        }

        /** The connection stays open, and nothing comes. */
        public static Reply never() {
            return new Reply("", null, Duration.ofHours(1));
        }

        public Reply after(Duration time) {
            return new Reply(code, body, time);
        }
    }

    private final Loopback server;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final List<InterBossDocument> questions = new CopyOnWriteArrayList<>();
    private final AtomicLong serial = new AtomicLong();
    private final AtomicInteger count = new AtomicInteger();
    private final DocumentReader reader = new DocumentReader(new DocumentSchema(Messages.SCHEMAS), Clock.systemUTC());
    private final ResponseDocument responses = new ResponseDocument(
            new ResponseCodes(CodeTable.read(Messages.SCHEMAS, "response-codes")), new DocumentWriter());
    private volatile Function<InterBossDocument, Reply> script = question -> Reply.code("2905");

    public AnsweringPeer() {
        server = Loopback.serving(this::take, threads);
    }

    public String address() {
        return server.address();
    }

    public void answering(Function<InterBossDocument, Reply> script) {
        this.script = script;
    }

    /** What it was asked, in the order of arrival. */
    public List<InterBossDocument> questions() {
        return List.copyOf(questions);
    }

    /** How often it was asked something of a body element. */
    public long asked(String element) {
        return questions.stream()
                .filter(question -> question.requireBody().element().equals(element))
                .count();
    }

    public int count() {
        return count.get();
    }

    private void take(HttpExchange exchange) throws IOException {
        String wire = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        InterBossDocument question =
                reader.read(wire.substring(wire.indexOf("<InterBOSS"), wire.indexOf("</InterBOSS>") + 12));
        count.incrementAndGet();
        questions.add(question);
        Reply reply = script.apply(question);
        if (reply.after().isZero()) {
            answer(exchange, question, reply);
        } else {
            // Without a thread of its own, so that a peer can be slow for many at once.
            threads.schedule(
                    () -> answer(exchange, question, reply), reply.after().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void answer(HttpExchange exchange, InterBossDocument question, Reply reply) {
        try (exchange) {
            if (reply.code().isEmpty()) {
                return;
            }
            String words = reply.code().equals("0000") ? "" : PersonalData.WORDS;
            var answer =
                    new Answer(reply.code(), words, "PEER" + serial.incrementAndGet(), "20261122093001", reply.body());
            byte[] content =
                    SoapCaller.envelope(responses.canonical(question, answer)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=UTF-8");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        } catch (IOException e) {
            // Whoever asked has gone: that is what some tests are about.
            exchange.close();
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop();
    }
}
