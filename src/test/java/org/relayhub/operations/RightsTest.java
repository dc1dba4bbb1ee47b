package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.relayhub.operations.Api.Answer;
import org.springframework.boot.test.web.server.LocalServerPort;

/** How programs are turned away; who may call what is in {@link RightsMatrixTest}. */
@OperationsTest
class RightsTest {

    @LocalServerPort
    int port;

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
