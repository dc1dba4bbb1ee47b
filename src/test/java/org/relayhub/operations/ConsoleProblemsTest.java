package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What a reader of the console sees, and the log says, when a page can't be shown. */
@OperationsTest
class ConsoleProblemsTest {

    private static final String UNKNOWN = "/tickets/20200101CSVC2500000000";

    @LocalServerPort
    int port;

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<ILoggingEvent> said = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            said.add(event);
        }
    };

    @BeforeEach
    void listen() {
        listener.start();
        root.addAppender(listener);
    }

    @AfterEach
    void listenNoMore() {
        root.detachAppender(listener);
    }

    @Test
    void a_reader_who_leaves_the_page_now_is_no_error() throws IOException {
        Session viewer = new Session(port).logIn("viewer");
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /now/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n"
                                    + "Cookie: relay-hub-session=" + viewer.cookie("relay-hub-session") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var events = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(events.readLine()).contains("200");
            String line = events.readLine();
            while (line != null && !line.startsWith("event:")) {
                line = events.readLine();
            }
            // Whatever comes from now on is answered by a reset.
            socket.setSoLinger(true, 0);
        }

        await().atMost(Duration.ofSeconds(20)).until(() -> said.stream()
                .anyMatch(event -> event.getLoggerName().endsWith("PageProblems")));
        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(5)).until(() -> said.stream()
                .noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO)
                        || event.getLoggerName().endsWith("PageProblems") && event.getThrowableProxy() != null));
    }

    @ParameterizedTest
    @ValueSource(strings = {UNKNOWN, "/nonsense", "/nonsense/more?a=b", "/tickets/1/2", "/error"})
    void a_page_that_is_not_there_looks_like_the_others(String path) {
        for (String user : new String[] {"viewer", "operator", "admin"}) {
            HttpResponse<String> answer = new Session(port).logIn(user).get(path);

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body())
                    .contains("没有找到", "枢纽 hub-1", "href=\"/deliveries\"", "action=\"/logout\"", "name=\"_csrf\"")
                    .doesNotContain("null");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as("its style may be loaded")
                    .contains("style-src 'self'");
        }
    }

    @ParameterizedTest
    @CsvSource({
        UNKNOWN + "," + UNKNOWN + "?lang=en",
        "/tickets?page=x,/tickets?page=x&amp;lang=en",
        "/nonsense,/nonsense?lang=en",
        "/nonsense/more?a=b,/nonsense/more?a=b&amp;lang=en",
        "/nonsense?a=%zz,/nonsense?lang=en"
    })
    void the_other_language_is_that_of_the_same_page(String path, String link) throws IOException {
        Session viewer = new Session(port).logIn("viewer");

        assertThat(raw(viewer, path)).contains("href=\"" + link + "\"");
        assertThat(viewer.get(link.replace("&amp;", "&")).body()).contains("lang=\"en\"", "Hub hub-1");
    }

    /** As nothing but a browser asks: without a look at what is asked. */
    private String raw(Session reader, String path) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nConnection: close\r\n"
                                    + "Cookie: relay-hub-session=" + reader.cookie("relay-hub-session") + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nonsense", "/error", "/actuator", "/ws/", "/interboss", "/sim/x"})
    void a_party_is_refused_what_is_not_there(String path) {
        HttpResponse<String> answer = new Session(port).logIn("crm-250").get(path);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("href=\"/deliveries\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nonsense", "/error", "/actuator", "/ws/", "/interboss", "/sim/x"})
    void nobody_learns_what_is_not_there(String path) {
        HttpResponse<String> answer = new Session(port).get(path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("href=\"/deliveries\"", "null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/env", "/ws/", "/interboss", "/sim/x"})
    void what_is_for_programs_stays_refused(String path) {
        assertThat(new Session(port).logIn("admin").get(path).statusCode()).isEqualTo(403);
    }

    @Test
    void nothing_is_sent_to_what_is_not_there() {
        Session operator = new Session(port).logIn("operator");

        assertThat(operator.post("/nonsense", Map.of(), true).statusCode()).isEqualTo(403);
    }
}
