package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpCookie;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How the console guards its pages; who may open and change what is in {@link RightsMatrixTest}. */
@OperationsTest
class ConsoleRightsTest {

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
    void a_serial_of_a_partners_own_making_leads_to_its_message_and_to_no_other() {
        ledger.message("CRM-250", "T1?x=1#y", "CSVC-000", "comment", FixtureLedger.TICKET, FixtureLedger.NOON);
        Session viewer = new Session(port).logIn("viewer");

        assertThat(viewer.get("/tickets/" + FixtureLedger.TICKET).body())
                .contains("href=\"/messages/CRM-250/T1%3Fx=1%23y\"")
                .doesNotContain("href=\"/messages/CRM-250/T1?x");
        assertThat(viewer.get("/messages/CRM-250/T1%3Fx=1%23y").body()).contains("T1?x=1#y");
    }

    @ParameterizedTest
    @CsvSource({
        "/tickets?q=1, /tickets?q=1",
        "https://elsewhere.example/tickets, /",
        "//elsewhere.example/x, /",
        "javascript:alert(1), /",
        "not a URL, /"
    })
    void nobody_is_led_elsewhere_after_the_login(String wanted, String page) throws Exception {
        Session session = new Session(port);
        session.get("/login");
        var cookie = new HttpCookie(
                "REDIRECT_URI", Base64.getEncoder().encodeToString(wanted.getBytes(StandardCharsets.UTF_8)));
        cookie.setPath("/");
        session.keep(cookie);

        assertThat(session.post("/login", Map.of("username", "viewer", "password", "demo"), true)
                        .headers()
                        .firstValue("Location")
                        .orElse("")
                        .replace("http://127.0.0.1:" + port, ""))
                .isEqualTo(page);
    }

    @Test
    void the_name_by_which_the_hub_is_called_is_in_no_answer() throws Exception {
        try (var socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(
                            "GET /tickets HTTP/1.1\r\nHost: elsewhere.example\r\nAccept: text/html\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .startsWith("HTTP/1.1 302")
                    .contains("Location: /login\r\n")
                    .doesNotContain("elsewhere");
        }
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
