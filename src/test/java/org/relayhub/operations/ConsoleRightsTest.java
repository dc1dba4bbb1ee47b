package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Who may open and change what in the console, each logged in at its page. */
@OperationsTest
class ConsoleRightsTest {

    private static final List<String> VIEWERS = List.of("viewer", "operator", "admin");
    private static final List<String> OPERATORS = List.of("operator", "admin");

    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("GET /", VIEWERS),
            Map.entry("GET /now/board", VIEWERS),
            Map.entry("GET /tickets", VIEWERS),
            Map.entry("GET /tickets/" + FixtureLedger.TICKET, VIEWERS),
            Map.entry("GET /messages/CRM-250/T1", VIEWERS),
            Map.entry("GET /deliveries", VIEWERS),
            Map.entry("GET /parties", VIEWERS),
            Map.entry("GET /parties/SIMS-250", VIEWERS),
            Map.entry("GET /sp-month", VIEWERS),
            Map.entry("GET /sp-month/201209/250", VIEWERS),
            Map.entry("GET /report", VIEWERS),
            Map.entry("GET /report/202611.csv", VIEWERS),
            Map.entry("GET /audit", VIEWERS),
            Map.entry("GET /api/tickets", VIEWERS),
            Map.entry("GET /actuator/hawtio/index.html", VIEWERS),
            Map.entry("POST /deliveries", OPERATORS),
            Map.entry("POST /parties/SIMS-250/suspend", OPERATORS),
            Map.entry("POST /parties/SIMS-250/resume", OPERATORS),
            Map.entry("POST /audit", List.of()),
            Map.entry("POST /tickets", List.of()),
            Map.entry("DELETE /audit", List.of()));

    @LocalServerPort
    int port;

    @Autowired
    FixtureLedger ledger;

    @BeforeEach
    void aTicket() {
        ledger.clear();
        ledger.ticket(FixtureLedger.TICKET, "CRM-250", "0301", "13800130000", FixtureLedger.NOON);
        long leg = ledger.leg(FixtureLedger.TICKET, "CRM-250", "CSVC-000", "DISPATCHED");
        long serial = ledger.message("CRM-250", "T1", "CSVC-000", "dispatch", FixtureLedger.TICKET, FixtureLedger.NOON);
        ledger.attempt(
                ledger.delivery(serial, "CSVC-000", leg, "retrying", FixtureLedger.NOON),
                1,
                "0114",
                "no answer from 13800130000",
                null,
                FixtureLedger.NOON);
    }

    static Stream<Arguments> matrix() {
        return ALLOWED.entrySet().stream().sorted(Map.Entry.comparingByKey()).flatMap(call -> Stream.of(
                        "crm-250", "viewer", "operator", "admin")
                .map(user -> Arguments.of(call.getKey(), user, call.getValue().contains(user))));
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("matrix")
    void each_page_is_open_to_its_roles_and_to_nobody_else(String call, String user, boolean allowed) {
        Session session = new Session(port).logIn(user);
        String[] parts = call.split(" ");

        int status = parts[0].equals("POST")
                ? session.post(parts[1], Map.of("act", "RESEND", "reason", "rights"), true)
                        .statusCode()
                : session.send(parts[0], parts[1], BodyPublishers.noBody()).statusCode();

        if (allowed) {
            assertThat(status).isIn(200, 302);
        } else {
            assertThat(status).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/tickets", "/deliveries", "/parties", "/sp-month", "/report", "/audit", "/actuator/hawtio/"
            })
    void nobody_is_sent_to_the_login_page(String path) {
        HttpResponse<String> answer = new Session(port).get(path);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/login");
        assertThat(ledger.database()
                        .sql("select count(*) from spring_session where principal_name is not null")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/tickets", "/audit"})
    void a_password_in_each_request_opens_no_page_and_gets_no_cookie_of_a_session(String path) {
        Api.Answer answer = new Api(port, "admin").get(path);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Set-Cookie")).doesNotContain("session");
        assertThat(new Api(port, "admin").get("/actuator/hawtio/index.html").header("Set-Cookie"))
                .doesNotContain("session");
    }

    @Test
    void a_part_of_a_page_is_told_to_load_the_login_page_as_a_whole() throws Exception {
        var answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/now/board"))
                                .header("HX-Request", "true")
                                .build(),
                        BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/login");
    }

    @Test
    void without_the_token_nothing_is_changed() {
        Session operator = new Session(port).logIn("operator");

        assertThat(operator.post("/parties/SIMS-250/suspend", Map.of("reason", "forged"), false)
                        .statusCode())
                .isEqualTo(403);
        assertThat(ledger.database()
                        .sql("select count(*) from suspension")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void the_session_is_another_one_after_the_login_and_none_after_the_logout() {
        Session session = new Session(port).logIn("viewer");
        String first = session.cookie("relay-hub-session");
        session.post("/login", Map.of("username", "viewer", "password", "demo"), true);
        assertThat(session.cookie("relay-hub-session")).isNotEmpty().isNotEqualTo(first);

        session.post("/logout", Map.of(), true);
        assertThat(session.get("/tickets").statusCode()).isEqualTo(302);
    }

    @Test
    void a_page_says_how_it_may_be_used_and_nothing_may_be_written_into_it() {
        HttpResponse<String> page = new Session(port).logIn("viewer").get("/");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.body()).doesNotContain("style=", "onclick=", "javascript:");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    }

    @Test
    void only_an_admin_sees_numbers_and_names() {
        for (String path :
                List.of("/tickets", "/tickets/" + FixtureLedger.TICKET, "/messages/CRM-250/T1", "/deliveries")) {
            assertThat(new Session(port).logIn("operator").get(path).body())
                    .as(path)
                    .doesNotContain("13800130000", "张三");
            assertThat(new Session(port).logIn("admin").get(path).body())
                    .as(path)
                    .contains("13800130000");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tickets?party=x",
                "/tickets?state=x",
                "/tickets?from=x",
                "/tickets?page=x",
                "/deliveries?party=x",
                "/deliveries?state=x",
                "/sp-month?month=x",
                "/report?month=x",
                "/report?month=202613",
                "/audit?from=2026-13-01",
                "/parties/x",
                "/sp-month/files/x"
            })
    void what_has_no_sense_is_a_page_that_says_so(String path) {
        HttpResponse<String> answer = new Session(port).logIn("viewer").get(path);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("请求有误").doesNotContain("Exception", "org.relayhub");
    }

    @Test
    void what_a_search_finds_is_written_as_text() {
        HttpResponse<String> answer =
                new Session(port).logIn("viewer").get("/tickets?q=%3Cscript%3Ealert(1)%3C/script%3E");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).doesNotContain("<script>alert").contains("&lt;script&gt;");
    }

    @Test
    void the_api_takes_a_change_by_a_session_only_with_the_token() throws Exception {
        Session operator = new Session(port).logIn("operator");
        HttpRequest.Builder change = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/parties/SIMS-250/suspend"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reason\": \"by session\"}"));

        assertThat(operator.http().send(change.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(403);
        assertThat(operator.http()
                        .send(
                                change.header("X-XSRF-TOKEN", operator.cookie("XSRF-TOKEN"))
                                        .build(),
                                BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_audit_is_changed_by_nobody() {
        Session operator = new Session(port).logIn("operator");
        operator.post("/parties/SIMS-250/suspend", Map.of("reason", "kept"), true);

        for (String change : List.of("update audit set reason = ''", "delete from audit", "truncate audit")) {
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> ledger.database().sql(change).update())
                    .hasStackTraceContaining("only ever added to");
        }
        assertThat(operator.get("/audit?subject=party+SIMS-250").body()).contains("kept");
    }
}
