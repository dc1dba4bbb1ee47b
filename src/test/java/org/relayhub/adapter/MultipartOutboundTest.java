package org.relayhub.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.Messages;
import org.relayhub.adapter.tls.PeerSettings;
import org.relayhub.adapter.tls.PeerTls;
import org.relayhub.delivery.lane.PeerAnswer;
import org.relayhub.delivery.lane.PeerAnswers;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.Directories;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Answer;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.ResponseDocument;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.message.multipart.Form;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/** What becomes of a call by multipart, in the words in which the lane books it. */
class MultipartOutboundTest {

    private static final Party PARTY = Party.of("CSVC-000");

    private final List<String> contentTypes = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final List<String> lengths = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final DocumentReader reader = new DocumentReader(new DocumentSchema(Messages.SCHEMAS), Clock.systemUTC());
    private final String document = Form.document();
    private final HttpServer server;
    private Duration timeout = Duration.ofSeconds(10);

    MultipartOutboundTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    }

    private interface Answering {
        void answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/peer";
    }

    private void peer(Answering answering) {
        server.createContext("/", exchange -> {
            contentTypes.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")));
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            lengths.add(String.valueOf(exchange.getRequestHeaders().getFirst("Content-Length")));
            exchange.getRequestBody().readAllBytes();
            try {
                answering.answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
    }

    private void peer(int status, String answer) {
        peer(exchange -> {
            byte[] content = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, content.length);
            exchange.getResponseBody().write(content);
        });
    }

    private PeerAnswer call() {
        return call(address());
    }

    private PeerAnswer call(String address) {
        PartyEntry entry = Directories.of("parties: {%s: {transport: multipart, address: '%s', timeout: %dms}}"
                        .formatted(PARTY, address, timeout.toMillis()))
                .get(PARTY);
        var answers = new PeerAnswers();
        try {
            return answers.answered(new MultipartOutbound(
                            reader,
                            new PartyAccess(null, "demo"),
                            new PeerTls(new PeerSettings(null), new DefaultSslBundleRegistry()))
                    .call(new PeerCall(entry, document, false)));
        } catch (IOException | RuntimeException e) {
            return answers.failed(e);
        }
    }

    private String accepted() {
        var codes = new ResponseCodes(CodeTable.read(Messages.SCHEMAS, "response-codes"));
        return new ResponseDocument(codes, new DocumentWriter())
                .canonical(reader.read(document), new Answer("0000", "", "PEER1", "20261122093001", null));
    }

    @Test
    void theAnswerIsReadAndTheRequestSaysWhoCallsAndHowLongItIs() {
        peer(200, accepted());

        assertThat(call()).isInstanceOfSatisfying(PeerAnswer.Answered.class, answered -> assertThat(
                        answered.document().header().transIdh())
                .isEqualTo("PEER1"));
        assertThat(contentTypes.get(0)).startsWith("multipart/form-data").contains("boundary=");
        assertThat(authorizations).containsExactly("Basic aHViLTAwMDpkZW1v");
        assertThat(lengths.get(0)).matches("[0-9]+");
    }

    @ParameterizedTest
    @CsvSource({
        "500, 0113",
        "502, 0113",
        "503, 0113",
        "400, 0119",
        "401, 0119",
        "404, 0119",
        "413, 0119",
        "201, 0119",
        "202, 0119"
    })
    void anotherStatusThan200IsNoAnswerWhateverItSays(int status, String code) {
        peer(status, accepted());

        assertFailed(code, "it answered HTTP " + status);
    }

    @Test
    void nobodyIsSentElsewhere() {
        peer(exchange -> {
            exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
            exchange.sendResponseHeaders(307, -1);
        });

        assertFailed("0119", "it answered HTTP 307");
        assertThat(contentTypes).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "<InterBOSS",
                "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><InterBOSS>&e;</InterBOSS>"
            })
    void anAnswerThatIsNoDocumentIsMalformed(String answer) {
        peer(200, answer);

        assertFailed("0108", "its answer is no document: ");
    }

    @Test
    void aRequestForAnAnswerIsMalformed() {
        peer(200, document);

        assertFailed("0108", "it answered with a request");
    }

    @Test
    void anAnswerInAnotherEncodingIsMalformed() {
        peer(exchange -> {
            byte[] content = accepted().replace("success", "成功").getBytes("GBK");
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
        });

        assertFailed("0108", "its answer is no document: it is not UTF-8");
    }

    @Test
    void anAnswerThatNeverEndsIsReadUpToItsLimitOnly() {
        peer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] blanks = new byte[1 << 16];
            for (long sent = 0; sent < 100L * SafeParsers.MAX_BYTES; sent += blanks.length) {
                exchange.getResponseBody().write(blanks);
            }
        });

        assertFailed("0108", "its answer is no document: it is larger than 1 MiB");
    }

    @Test
    void anAnswerThatDoesNotComeIsATimeout() {
        peer(exchange -> over.await());

        assertTimeout();
    }

    @Test
    void anAnswerThatBeginsAndDoesNotEndIsATimeout() {
        peer(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("<InterBOSS".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            over.await();
        });

        assertTimeout();
    }

    private void assertTimeout() {
        timeout = Duration.ofMillis(700);
        long began = System.nanoTime();
        assertFailed("0114", "no answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aConnectionThatFailsOrEndsIsNoAnswer() {
        peer(HttpExchange::close);

        assertFailed("0114", "the connection failed, ");
        server.stop(0);
        assertFailed("0114", "it could not be connected to, ");
    }

    private void assertFailed(String code, String reason) {
        assertThat(call()).isInstanceOfSatisfying(PeerAnswer.Failed.class, failed -> {
            assertThat(failed.code()).as(failed.reason()).isEqualTo(code);
            assertThat(failed.reason()).startsWith(reason);
        });
    }
}
