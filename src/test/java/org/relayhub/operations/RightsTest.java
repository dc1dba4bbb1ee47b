package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.operations.Api.Answer;
import org.springframework.boot.test.web.server.LocalServerPort;

@OperationsTest
class RightsTest {

    private static final List<String> CALLERS =
            List.of(Api.NOBODY, "crm-250", "hub-000", "viewer", "operator", "admin");

    private static final List<String> VIEWERS = List.of("viewer", "operator", "admin");
    private static final List<String> OPERATORS = List.of("operator", "admin");

    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("GET /ws/interboss?wsdl", CALLERS),
            Map.entry("GET /ws/interboss?xsd=types.xsd", CALLERS),
            Map.entry("GET /ws/interboss?xsd=types.xsd&xsd=/etc/passwd", List.of()),
            Map.entry("GET /ws/interboss?wsdl&wsdl=/etc/passwd", List.of()),
            Map.entry("GET /ws/interboss?wsdl=/etc/passwd", List.of()),
            Map.entry("GET /ws/interboss?xsd=types.xsd&wsdl", List.of()),
            Map.entry("GET /ws/interboss", List.of()),
            Map.entry("GET /ws/", List.of()),
            Map.entry("POST /ws/interboss", List.of("crm-250")),
            Map.entry("POST /ws/interboss?wsdl", List.of("crm-250")),
            Map.entry("POST /interboss", List.of("crm-250")),
            Map.entry("GET /interboss", List.of()),
            Map.entry("PUT /interboss", List.of()),
            Map.entry("POST /interboss/more", List.of()),
            Map.entry("POST /sim/CRM-250", List.of("hub-000")),
            Map.entry("GET /api/tickets", VIEWERS),
            Map.entry("GET /api/tickets/20260301CSVC2500000001", VIEWERS),
            Map.entry("GET /api/messages/CRM-250/T1", VIEWERS),
            Map.entry("GET /api/deliveries", VIEWERS),
            Map.entry("GET /api/parties", VIEWERS),
            Map.entry("GET /api/refusals", VIEWERS),
            Map.entry("GET /api/catalogue/service-types", VIEWERS),
            Map.entry("GET /api/catalogue/duty-reasons", VIEWERS),
            Map.entry("GET /api/catalogue/operations", VIEWERS),
            Map.entry("POST /api/catalogue/service-types", OPERATORS),
            Map.entry("GET /api/alarms", VIEWERS),
            Map.entry("GET /api/handlings", VIEWERS),
            Map.entry("GET /api/reports/202611", VIEWERS),
            Map.entry("POST /api/handlings/1/settle", OPERATORS),
            Map.entry("GET /api/sp-quality/201209", VIEWERS),
            Map.entry("GET /api/sp-quality/files", VIEWERS),
            Map.entry("GET /api/sp-quality/files/1/receipt", VIEWERS),
            Map.entry("GET /api/sp-quality/201209/national/1/faults", VIEWERS),
            Map.entry("POST /api/deliveries/1/resend", OPERATORS),
            Map.entry("POST /api/deliveries/1/discard", OPERATORS),
            Map.entry("POST /api/deliveries/resend?party=CRM-250", OPERATORS),
            Map.entry("POST /api/deliveries/discard?party=CRM-250", OPERATORS),
            Map.entry("POST /api/parties/CRM-250/suspend", OPERATORS),
            Map.entry("POST /api/parties/CRM-250/resume", OPERATORS),
            Map.entry("DELETE /api/tickets/20260301CSVC2500000001", List.of()),
            Map.entry("GET /actuator/health", CALLERS),
            Map.entry("GET /actuator/health/readiness", CALLERS),
            Map.entry("GET /actuator/prometheus", VIEWERS),
            Map.entry("GET /actuator/hawtio/index.html", VIEWERS),
            Map.entry("GET /actuator/hawtio/proxy/http/127.0.0.1/80/", List.of()),
            Map.entry("GET /actuator/jolokia/version", VIEWERS),
            Map.entry("GET /actuator", List.of()),
            Map.entry("GET /actuator/env", List.of()),
            Map.entry("GET /actuator/info", List.of()),
            Map.entry("GET /error", List.of()),
            Map.entry("GET /api", VIEWERS));

    @LocalServerPort
    int port;

    static Stream<Arguments> matrix() {
        return ALLOWED.entrySet().stream().sorted(Map.Entry.comparingByKey()).flatMap(call -> CALLERS.stream()
                .map(caller ->
                        Arguments.of(call.getKey(), caller, call.getValue().contains(caller))));
    }

    @ParameterizedTest(name = "{0} by {1}: {2}")
    @MethodSource("matrix")
    void eachCallIsOpenToItsRolesAndToNobodyElse(String call, String caller, boolean allowed) {
        int status = call(call, caller).status();

        if (allowed) {
            assertThat(status).isNotIn(401, 403);
        } else {
            assertThat(status).isEqualTo(caller.equals(Api.NOBODY) ? 401 : 403);
        }
    }

    private Answer call(String call, String caller) {
        String[] parts = call.split(" ");
        var api = new Api(port, caller);
        return parts[0].equals("POST")
                ? api.post(parts[1], "{\"reason\": \"rights\"}")
                : api.send(api.request(parts[1]).method(parts[0], BodyPublishers.noBody()));
    }

    @Test
    void whoProvesNothingIsChallengedForBasicAndLearnsNothing() {
        Answer answer = new Api(port, Api.NOBODY).get("/api/tickets");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"relay-hub\"");
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().fieldNames()).toIterable().containsOnly("type", "title", "status", "instance");
    }

    @Test
    void aWrongPasswordOrAnUnknownUserIsNobody() {
        var nobody = new Api(port, Api.NOBODY);

        assertThat(nobody.send(nobody.request("/api/tickets").header("Authorization", Api.basic("admin", "Demo")))
                        .status())
                .isEqualTo(401);
        assertThat(nobody.send(nobody.request("/api/tickets").header("Authorization", Api.basic("root", "demo")))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void noAnswerSetsASessionAndEachSaysHowItMayBeUsed() {
        Answer answer = new Api(port, "admin").get("/api/tickets");

        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
    }

    @Test
    void aFormOfAnotherPageCannotChangeAnythingInAnOperatorsName() {
        var operator = new Api(port, "operator");

        Answer answer = operator.send(operator.request("/api/deliveries/resend?party=CRM-250")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("{\"reason\": \"forged\"}")));

        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void healthTellsItsPartsOnlyToThoseWhoMayRead() {
        Answer open = new Api(port, Api.NOBODY).get("/actuator/health");
        Answer viewed = new Api(port, "viewer").get("/actuator/health");

        assertThat(open.body()).contains("\"status\":\"UP\"").doesNotContain("components");
        assertThat(viewed.json().at("/components/db/status").asText()).isEqualTo("UP");
        assertThat(viewed.json().at("/components/camelHealth/status").asText()).isEqualTo("UP");
        assertThat(new Api(port, "crm-250").get("/actuator/health").body()).doesNotContain("components");
        assertThat(new Api(port, Api.NOBODY)
                        .get("/actuator/health/readiness")
                        .json()
                        .at("/status")
                        .asText())
                .isEqualTo("UP");
    }

    @Test
    void whatDoesNotExistIsAProblemWithoutTheHubsInside() {
        Answer answer = new Api(port, "admin").get("/api/nothing-here");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.body()).doesNotContain("Exception", "org.");
    }
}
