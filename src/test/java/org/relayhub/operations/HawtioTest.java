package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.operations.Api.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OperationsTest
class HawtioTest {

    private static final String JOLOKIA = "/actuator/jolokia";
    private static final String CONTEXT = "org.apache.camel:context=relay-hub,type=context,name=\\\"relay-hub\\\"";
    private static final String ROUTE = "org.apache.camel:context=relay-hub,type=routes,name=\\\"relay\\\"";
    private static final String ENDPOINT =
            "org.apache.camel:context=relay-hub,type=endpoints,name=\\\"direct://relay\\\"";

    @Autowired
    FixtureLedger ledger;

    @LocalServerPort
    int port;

    @Autowired
    CamelContext camel;

    @AfterEach
    void running() throws Exception {
        camel.getRouteController().startRoute(OperationsSlice.ROUTE);
    }

    private ServiceStatus route() {
        return camel.getRouteController().getRouteStatus(OperationsSlice.ROUTE);
    }

    /** Sends as Hawtio does: with the token of the cookie that its page came with. */
    private JsonNode jolokia(String user, String json) {
        var api = new Api(port, user);
        String token = token(api);
        Answer answer =
                api.send(post(api, json).header("Cookie", "XSRF-TOKEN=" + token).header("X-XSRF-TOKEN", token));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static HttpRequest.Builder post(Api api, String json) {
        return api.request(JOLOKIA).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json));
    }

    private static String token(Api api) {
        String cookie = api.get("/actuator/hawtio/index.html").header("Set-Cookie");
        assertThat(cookie).startsWith("XSRF-TOKEN=").contains("SameSite=Strict").doesNotContain("HttpOnly");
        return cookie.substring("XSRF-TOKEN=".length(), cookie.indexOf(';'));
    }

    private JsonNode exec(String user, String mbean, String operation) {
        return jolokia(
                user, "{\"type\": \"exec\", \"mbean\": \"%s\", \"operation\": \"%s\"}".formatted(mbean, operation));
    }

    private JsonNode read(String user, String mbean, String attribute) {
        return jolokia(
                user, "{\"type\": \"read\", \"mbean\": \"%s\", \"attribute\": \"%s\"}".formatted(mbean, attribute));
    }

    @Test
    void hawtioOpensBehindTheHubsLogin() {
        Answer page = new Api(port, "viewer").get("/actuator/hawtio/index.html");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("hawtio");
        assertThat(new Api(port, "viewer").get("/actuator/hawtio/proxy/enabled").body())
                .isEqualToIgnoringWhitespace("false");
        assertThat(new Api(port, Api.NOBODY).get("/actuator/hawtio/index.html").header("WWW-Authenticate"))
                .isEqualTo("Basic realm=\"relay-hub\"");
    }

    @Test
    void aViewerSeesEveryRouteByItsIdAndWhatItsDiagramNeeds() {
        assertThat(exec("viewer", CONTEXT, "dumpRoutesAsXml()").at("/value").asText())
                .contains("id=\"relay\"");
        assertThat(exec("viewer", ROUTE, "dumpRouteAsXml()").at("/value").asText())
                .contains("direct");
        assertThat(jolokia("viewer", """
                        {"type": "exec", "mbean": "%s", "operation": "dumpRoutesStatsAsXml(boolean,boolean)",
                         "arguments": [true, true]}""".formatted(CONTEXT)).at("/value").asText())
                .contains("exchangesCompleted");
        assertThat(read("viewer", ROUTE, "State").at("/value").asText()).isEqualTo("Started");
        assertThat(read("viewer", "org.apache.camel:context=relay-hub,type=routes,*", "RouteId")
                        .at("/status")
                        .asInt())
                .isEqualTo(200);
        assertThat(jolokia("viewer", "{\"type\": \"search\", \"mbean\": \"org.apache.camel:*\"}")
                        .get("value"))
                .isNotEmpty();
        assertThat(jolokia("viewer", "{\"type\": \"list\"}").at("/status").asInt())
                .isEqualTo(200);
        assertThat(jolokia("viewer", "{\"type\": \"version\"}").at("/status").asInt())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer", "operator"})
    void onlyAnAdminStopsARoute(String user) {
        assertThat(exec(user, ROUTE, "stop()").at("/status").asInt()).isEqualTo(403);
        assertThat(exec(user, ROUTE, "stop").at("/status").asInt()).isEqualTo(403);
        assertThat(exec(user, ROUTE, "suspend()").at("/status").asInt()).isEqualTo(403);
        assertThat(route()).isEqualTo(ServiceStatus.Started);

        assertThat(exec("admin", ROUTE, "stop()").at("/status").asInt()).isEqualTo(200);
        assertThat(route()).isEqualTo(ServiceStatus.Stopped);
        assertThat(exec("admin", ROUTE, "start()").at("/status").asInt()).isEqualTo(200);
        assertThat(route()).isEqualTo(ServiceStatus.Started);
    }

    private JsonNode hub(String user, String bean, String operation, String... arguments) {
        String all = Stream.of(arguments)
                .map(argument -> "\"" + argument + "\"")
                .collect(java.util.stream.Collectors.joining(", "));
        return jolokia(
                user,
                "{\"type\": \"exec\", \"mbean\": \"org.relayhub:type=%s\", \"operation\": \"%s\", \"arguments\": [%s]}"
                        .formatted(bean, operation, all));
    }

    @Test
    void anAdminSuspendsAPartyWithAReasonAndResumesIt() {
        assertThat(hub("operator", "Party", "suspend", "SIMS-250", "because")
                        .at("/status")
                        .asInt())
                .isEqualTo(403);

        JsonNode suspended = hub("admin", "Party", "suspend", "SIMS-250", "maintenance");
        assertThat(suspended.at("/value").asText()).as(suspended.toString()).isEqualTo("SIMS-250 is suspended.");
        assertThat(read("viewer", "org.relayhub:type=Party", "Suspended")
                        .at("/value/0")
                        .asText())
                .startsWith("SIMS-250, since ")
                .endsWith(" by admin: maintenance");
        assertThat(hub("admin", "Party", "suspend", "SIMS-999", "x")
                        .at("/error")
                        .asText())
                .contains("parties.yaml has no party SIMS-999.");
        assertThat(hub("admin", "Party", "suspend", "SIMS-100", " ")
                        .at("/error")
                        .asText())
                .contains("A reason is wanted.");
        assertThat(hub("admin", "Party", "resume", "SIMS-250", "").at("/value").asText())
                .isEqualTo("SIMS-250 is resumed.");
        assertThat(read("viewer", "org.relayhub:type=Party", "Suspended").at("/value"))
                .isEmpty();
    }

    @Test
    void aViewerReadsStoriesAndWhatWaitsAndAnAdminResends() {
        ledger.clear();
        ledger.ticket(FixtureLedger.TICKET, "CRM-250", "0301", "13800130000", FixtureLedger.NOON);
        ledger.leg(FixtureLedger.TICKET, "CRM-250", "CSVC-000", "DISPATCHED");
        long dead = ledger.dead("SIMS-250", "T9");

        assertThat(hub("viewer", "Ticket", "story", FixtureLedger.TICKET)
                        .at("/value")
                        .toString())
                .contains("is with CSVC-000", "leg CRM-250 -> CSVC-000", "0114", "T9")
                .doesNotContain("13800130000");
        assertThat(hub("viewer", "Ticket", "find", "13800130000").at("/value").toString())
                .contains(FixtureLedger.TICKET);
        assertThat(hub("viewer", "Delivery", "waiting", "SIMS-250").at("/value").toString())
                .contains(dead + " dead dispatch T9", "GIVEN_UP");

        assertThat(hub("operator", "Delivery", "resend", Long.toString(dead), "why")
                        .at("/status")
                        .asInt())
                .isEqualTo(403);
        assertThat(hub("admin", "Delivery", "resend", Long.toString(dead), "peer is back")
                        .at("/value")
                        .asText())
                .isEqualTo("Delivery " + dead + " is resent.");
        assertThat(hub("admin", "Delivery", "discard", Long.toString(dead), "x")
                        .at("/value")
                        .asText())
                .contains("only a dead letter can be discarded");
    }

    @Test
    void onlyAnAdminWritesAnAttribute() {
        String write = "{\"type\": \"write\", \"mbean\": \"%s\", \"attribute\": \"StatisticsEnabled\", \"value\": true}"
                .formatted(ROUTE);

        assertThat(jolokia("viewer", write).at("/status").asInt()).isEqualTo(403);
        assertThat(jolokia("operator", write).at("/status").asInt()).isEqualTo(403);
        assertThat(jolokia("admin", write).at("/status").asInt()).isEqualTo(200);
    }

    @Test
    void onlyAnAdminSeesWhatMessagesHold() {
        assertThat(exec("viewer", ENDPOINT, "browseAllMessagesAsXml")
                        .at("/status")
                        .asInt())
                .isEqualTo(403);
        assertThat(exec("operator", ENDPOINT, "browseAllMessagesAsXml")
                        .at("/status")
                        .asInt())
                .isEqualTo(403);
        // This endpoint holds none, so that it has no such operation.
        assertThat(exec("admin", ENDPOINT, "browseAllMessagesAsXml")
                        .at("/status")
                        .asInt())
                .isNotEqualTo(403);
    }

    @Test
    void aViewersPageGetsTheTreeOfBeans() {
        assertThat(exec("viewer", "hawtio:type=security,name=RBACRegistry", "list()")
                        .at("/status")
                        .asInt())
                .isEqualTo(200);
        assertThat(read("viewer", "hawtio:type=TreeWatcher", "Counter")
                        .at("/status")
                        .asInt())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "exec; com.sun.management:type=DiagnosticCommand; vmSystemProperties",
                "exec; java.lang:type=Memory; gc",
                "exec; org.apache.camel:context=relay-hub,type=context,name=\\\"relay-hub\\\"; stop()",
                "exec; org.apache.camel:context=relay-hub,type=routes,name=\\\"relay\\\"; remove()",
                "read; java.lang:type=Runtime; SystemProperties",
                "read; java.lang:type=Runtime; InputArguments",
                "read; java.util.logging:type=Logging; LoggerNames",
                "write; java.util.logging:type=Logging; LoggerNames"
            })
    void whatTheShippedPolicyDoesNotNameNotEvenAnAdminDoes(String type, String mbean, String what) {
        JsonNode answer = jolokia(
                "admin",
                "{\"type\": \"%s\", \"mbean\": \"%s\", \"%s\": \"%s\", \"value\": \"x\"}"
                        .formatted(type, mbean, type.equals("exec") ? "operation" : "attribute", what));

        assertThat(answer.at("/status").asInt()).isEqualTo(403);
        assertThat(answer.has("stacktrace")).isFalse();
    }

    @Test
    void allAttributesOfTheRuntimeAreReadWithoutItsSecrets() {
        String body = jolokia("admin", "{\"type\": \"read\", \"mbean\": \"java.lang:type=Runtime\"}")
                .toString();

        assertThat(body).doesNotContain("java.class.path", "java.home", "-D");
    }

    @Test
    void noOtherServerIsCalledThroughThisOne() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            jolokia("admin", """
                    {"type": "read", "mbean": "java.lang:type=Memory", "attribute": "HeapMemoryUsage",
                     "target": {"url": "service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi"}}""".formatted(other.getLocalPort()));

            other.setSoTimeout(1);
            assertThatThrownBy(other::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void aChangeNeedsTheTokenOfTheCookie() {
        var admin = new Api(port, "admin");
        String stop = "{\"type\": \"exec\", \"mbean\": \"%s\", \"operation\": \"stop()\"}".formatted(ROUTE);

        assertThat(admin.send(post(admin, stop)).status()).isEqualTo(403);
        assertThat(admin.send(post(admin, stop).header("Cookie", "XSRF-TOKEN=a").header("X-XSRF-TOKEN", "b"))
                        .status())
                .isEqualTo(403);
        assertThat(route()).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void theTokenStaysTheSameForHawtioReadsItOnce() {
        var admin = new Api(port, "admin");
        String token = token(admin);

        for (int i = 0; i < 2; i++) {
            Answer answer = admin.send(post(admin, "{\"type\": \"version\"}")
                    .header("Cookie", "XSRF-TOKEN=" + token)
                    .header("X-XSRF-TOKEN", token));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void aGetNeverChangesAnything() {
        var admin = new Api(port, "admin");

        Answer path =
                admin.get(JOLOKIA + "/exec/org.apache.camel:context=relay-hub,name=!%22relay!%22,type=routes/stop()");
        Answer parameter =
                admin.get(JOLOKIA + "?p=exec/org.apache.camel:context=relay-hub,name=%22relay%22,type=routes/stop()");

        assertThat(path.body() + parameter.body()).doesNotContain("\"status\":200");
        assertThat(route()).isEqualTo(ServiceStatus.Started);
    }

    @Test
    void noPageOfAnotherOriginReadsAnAnswer() {
        var admin = new Api(port, "admin");

        Answer answer = admin.send(admin.request(JOLOKIA + "/version").header("Origin", "http://elsewhere.test"));

        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void aStoppedRouteDoesNotMakeTheHubUnready() {
        exec("admin", ROUTE, "stop()");

        assertThat(new Api(port, Api.NOBODY).get("/actuator/health/readiness").status())
                .isEqualTo(200);
    }

    @Test
    void what_the_pages_of_hawtio_call_below_their_own_path_is_answered() {
        var api = new Api(port, "viewer");
        String token = token(api);

        Answer answer = api.send(api.request("/actuator/hawtio/jolokia")
                .header("Content-Type", "application/json")
                .header("Cookie", "XSRF-TOKEN=" + token)
                .header("X-XSRF-TOKEN", token)
                .POST(BodyPublishers.ofString("{\"type\": \"version\"}")));

        assertThat(answer.status()).isEqualTo(200);
    }
}
