package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.operations.FixtureLedger.NOON;
import static org.relayhub.operations.FixtureLedger.TICKET;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.operations.Api.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OperationsTest
class PartiesApiTest {

    private static final String WHY = "{\"reason\": \"maintenance\"}";

    @LocalServerPort
    int port;

    @Autowired
    FixtureLedger ledger;

    @Autowired
    CircuitBreakerRegistry circuits;

    @BeforeEach
    void empty() {
        ledger.clear();
        circuits.circuitBreaker("CRM-250").reset();
    }

    private Api operator() {
        return new Api(port, "operator");
    }

    private JsonNode party(String name) {
        return StreamSupport.stream(
                        new Api(port, "viewer").get("/api/parties").json().spliterator(), false)
                .filter(party -> party.get("party").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPartyOfWhichNothingIsKnownYetStandsThereAsItIsConnected() {
        JsonNode party = party("CRM-250");

        assertThat(party.get("transport").asText()).isEqualTo("jms");
        assertThat(party.get("enabled").asBoolean()).isTrue();
        assertThat(party.get("suspended").asBoolean()).isFalse();
        assertThat(party.get("circuit").asText()).isEqualTo("CLOSED");
        assertThat(party.get("queueLength").asInt()).isZero();
        assertThat(party.get("oldestWaiting").isNull()).isTrue();
        assertThat(party.get("lastSuccess").isNull()).isTrue();
    }

    @Test
    void aPartyShowsItsQueueItsCircuitAndItsLastSuccess() {
        for (int i = 0; i < 3; i++) {
            long serial = ledger.message("CSVC-000", "W" + i, "CRM-250", "reply", TICKET, NOON);
            ledger.delivery(serial, "CRM-250", null, i == 0 ? "retrying" : "pending", NOON.plusSeconds(i));
        }
        ledger.dead("CRM-250", "D1");
        for (int i = 0; i < 2; i++) {
            long serial = ledger.message("CSVC-000", "S" + i, "CRM-250", "reply", TICKET, NOON);
            long delivered = ledger.delivery(serial, "CRM-250", null, "delivered", NOON);
            ledger.attempt(delivered, 1, "0000", "", "X", NOON.plusSeconds(60 * i));
        }
        circuits.circuitBreaker("CRM-250").transitionToOpenState();

        JsonNode party = party("CRM-250");

        assertThat(party.get("queueLength").asInt()).isEqualTo(3);
        assertThat(party.get("deadLetters").asInt()).isEqualTo(1);
        assertThat(party.get("oldestWaiting").asText()).isEqualTo("2026-03-01T12:00:00+08:00");
        assertThat(party.get("lastSuccess").asText()).isEqualTo("2026-03-01T12:01:00+08:00");
        assertThat(party.get("circuit").asText()).isEqualTo("OPEN");
        assertThat(party("CRM-100").get("queueLength").asInt()).isZero();
    }

    @Test
    void deliveriesToAPartyAreSuspendedAndResumedAndTheAuditSaysByWhom() {
        Answer suspended = operator().post("/api/parties/CRM-250/suspend", WHY);

        assertThat(suspended.status()).isEqualTo(200);
        assertThat(party("CRM-250").get("suspended").asBoolean()).isTrue();
        assertThat(party("CRM-250").at("/suspension/operator").asText()).isEqualTo("operator");
        assertThat(party("CRM-250").at("/suspension/reason").asText()).isEqualTo("maintenance");
        assertThat(party("CRM-100").get("suspended").asBoolean()).isFalse();

        Answer resumed = new Api(port, "admin").post("/api/parties/CRM-250/resume", "{}");

        assertThat(resumed.status()).isEqualTo(200);
        assertThat(party("CRM-250").get("suspended").asBoolean()).isFalse();
        List<String> audit = ledger.database()
                .sql("select concat_ws('|', operator, action, subject, reason) from audit order by audit_id")
                .query(String.class)
                .list();
        assertThat(audit).containsExactly("operator|suspend|party CRM-250|maintenance", "admin|resume|party CRM-250|");
    }

    @Test
    void whatIsSuspendedCannotBeSuspendedAgainNorResumedTwice() {
        operator().post("/api/parties/CRM-250/suspend", WHY);
        Answer again = operator().post("/api/parties/CRM-250/suspend", WHY);
        operator().post("/api/parties/CRM-250/resume", WHY);
        Answer resumedAgain = operator().post("/api/parties/CRM-250/resume", WHY);

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("detail").asText()).isEqualTo("CRM-250 is suspended already.");
        assertThat(resumedAgain.status()).isEqualTo(409);
        assertThat(resumedAgain.json().get("detail").asText()).isEqualTo("CRM-250 is not suspended.");
        assertThat(ledger.database()
                        .sql("select count(*) from audit")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void anUnknownPartyIsNotFoundAndASuspensionNeedsAReason() {
        assertThat(operator().post("/api/parties/CRM-999/suspend", WHY).status())
                .isEqualTo(404);
        assertThat(operator().post("/api/parties/CRM-999/resume", WHY).status()).isEqualTo(404);
        assertThat(operator()
                        .post("/api/parties/CRM/suspend", WHY)
                        .json()
                        .get("parameter")
                        .asText())
                .isEqualTo("party");
        assertThat(operator()
                        .post("/api/parties/CRM-250/suspend", "{}")
                        .json()
                        .get("parameter")
                        .asText())
                .isEqualTo("reason");
    }
}
