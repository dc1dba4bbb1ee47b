package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.operations.FixtureLedger.NOON;
import static org.relayhub.operations.FixtureLedger.TICKET;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.operations.Api.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OperationsTest
class DeliveriesApiTest {

    private static final String WHY = "{\"reason\": \"the peer is back\"}";

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

    private long delivery(String transIdo, String party, @Nullable Long leg, String state) {
        long serial = ledger.message("CSVC-000", transIdo, party, "reply", TICKET, NOON);
        return ledger.delivery(serial, party, leg, state, NOON);
    }

    private Map<String, Object> row(long id) {
        return ledger.database()
                .sql(
                        "select *, next_try_at > now() - interval '1 minute' as due_now from delivery where delivery_id = :id")
                .param("id", id)
                .query()
                .singleRow();
    }

    private List<Map<String, Object>> audit() {
        return ledger.database()
                .sql("select operator, action, subject, reason from audit order by audit_id")
                .query()
                .listOfRows();
    }

    private JsonNode waiting(String query) {
        return new Api(port, "viewer").get("/api/deliveries" + query).json().get("items");
    }

    @Test
    void whatWaitsIsListedWithTheReasonAndTheNextTry() {
        long retrying = delivery("T1", "CRM-250", null, "retrying");
        ledger.attempt(retrying, 1, "0114", "no answer within 10 s", null, NOON);
        delivery("T2", "CRM-250", null, "pending");
        ledger.dead("CRM-100", "T3");
        delivery("T4", "CRM-250", null, "delivered");
        delivery("T5", "CRM-250", null, "refused");
        delivery("T6", "CRM-250", null, "discarded");

        JsonNode all = waiting("");

        assertThat(all.findValuesAsText("transIdo")).containsExactly("T1", "T2", "T3");
        assertThat(all.get(0).get("reason").asText())
                .isEqualTo("Waits for its next try: 0114 timeout between hub and home party 枢纽到落地方超时"
                        + " (no answer within 10 s)");
        assertThat(all.get(0).get("nextTryAt").asText()).isEqualTo("2026-03-01T12:00:00+08:00");
        assertThat(all.get(0).get("tries").asInt()).isEqualTo(1);
        assertThat(all.get(1).get("reason").asText()).isEqualTo("Due, not tried yet");
        assertThat(all.get(2).get("reason").asText()).startsWith("Given up, waits for an operator: 0114");
        assertThat(all.get(2).get("nextTryAt").isNull()).isTrue();
        assertThat(waiting("?state=dead").findValuesAsText("transIdo")).containsExactly("T3");
        assertThat(waiting("?party=CRM-250&state=pending").findValuesAsText("transIdo"))
                .containsExactly("T2");
        assertThat(waiting("?party=CRM-200")).isEmpty();
    }

    @Test
    void theReasonNamesWhatIsInTheWay() {
        ledger.ticket(TICKET, "CRM-250", "0301", "13800130000", NOON);
        long leg = ledger.leg(TICKET, "CRM-250", "CSVC-000", "DISPATCHED");
        long first = delivery("T1", "CSVC-000", leg, "pending");
        delivery("T2", "CSVC-000", leg, "pending");
        assertThat(waiting("?party=CSVC-000").get(1).get("reason").asText())
                .isEqualTo("Waits for delivery " + first + " of the same ticket: not tried yet");

        delivery("T3", "CRM-250", null, "pending");
        circuits.circuitBreaker("CRM-250").transitionToOpenState();
        assertThat(waiting("?party=CRM-250").get(0).get("reason").asText())
                .isEqualTo("The party's circuit is open: not tried yet");

        operator().post("/api/parties/CRM-250/suspend", "{\"reason\": \"maintenance\"}");
        assertThat(waiting("?party=CRM-250").get(0).get("reason").asText())
                .isEqualTo("The party is suspended (maintenance): not tried yet");
    }

    @Test
    void aDeadLetterIsResentAtOnceAndTheAuditSaysByWhomAndWhy() {
        long id = ledger.dead("CRM-250", "T1");

        Answer answer = operator().post("/api/deliveries/" + id + "/resend", WHY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("state").asText()).isEqualTo("pending");
        assertThat(row(id))
                .containsEntry("state", "pending")
                .containsEntry("attempts", 1)
                .containsEntry("holds", true)
                .containsEntry("due_now", true)
                .containsEntry("give_up_at", null);
        assertThat(audit())
                .containsExactly(Map.of(
                        "operator", "operator",
                        "action", "resend",
                        "subject", "delivery " + id,
                        "reason", "the peer is back"));
    }

    @Test
    void aResentDeadLetterIsAsUrgentAsItsLegIsByNow() {
        ledger.ticket(TICKET, "CRM-250", "0301", "13800130000", NOON);
        long leg = ledger.leg(TICKET, "CSVC-000", "CRM-250", "DISPATCHED");
        long id = delivery("T1", "CRM-250", leg, "dead");
        ledger.database().sql("update leg set urges = 1").update();

        operator().post("/api/deliveries/" + id + "/resend", WHY);

        assertThat(row(id)).containsEntry("state", "pending").containsEntry("urgency", 2);
    }

    @Test
    void aDiscardedDeadLetterNoLongerHoldsItsTicket() {
        long id = ledger.dead("CRM-250", "T1");

        Answer answer = operator().post("/api/deliveries/" + id + "/discard", WHY);

        assertThat(answer.json().get("state").asText()).isEqualTo("discarded");
        assertThat(row(id)).containsEntry("state", "discarded").containsEntry("holds", false);
        assertThat(row(id).get("settled_at")).isNotNull();
        assertThat(audit()).extracting(line -> line.get("action")).containsExactly("discard");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pending", "retrying", "refused", "delivered", "discarded"})
    void whatIsNoDeadLetterIsNeitherResentNorDiscarded(String state) {
        long id = delivery("T1", "CRM-250", null, state);

        for (String act : new String[] {"resend", "discard"}) {
            Answer answer = operator().post("/api/deliveries/" + id + "/" + act, WHY);

            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().get("detail").asText())
                    .startsWith("Delivery " + id + " is " + state + ": only a dead letter can be ");
        }
        assertThat(row(id)).containsEntry("state", state);
        assertThat(audit()).isEmpty();
    }

    @Test
    void aDeliveryThatIsNotKnownIsNotFound() {
        assertThat(operator().post("/api/deliveries/77/resend", WHY).status()).isEqualTo(404);
        assertThat(operator().post("/api/deliveries/77/discard", WHY).status()).isEqualTo(404);
    }

    @Test
    void allDeadLettersOfAPartyAreResentOrDiscardedEachWithItsLineInTheAudit() {
        long one = ledger.dead("CRM-250", "T1");
        long two = ledger.dead("CRM-250", "T2");
        long other = ledger.dead("CRM-100", "T3");
        long waiting = delivery("T4", "CRM-250", null, "retrying");

        Answer resent = operator().post("/api/deliveries/resend?party=CRM-250", WHY);
        Answer discarded = operator().post("/api/deliveries/discard?party=CRM-100", WHY);

        assertThat(resent.json().get("deliveries").asInt()).isEqualTo(2);
        assertThat(discarded.json().get("deliveries").asInt()).isEqualTo(1);
        assertThat(row(one)).containsEntry("state", "pending");
        assertThat(row(two)).containsEntry("state", "pending");
        assertThat(row(other)).containsEntry("state", "discarded");
        assertThat(row(waiting)).containsEntry("state", "retrying");
        assertThat(audit())
                .extracting(line -> line.get("subject"))
                .containsExactlyInAnyOrder("delivery " + one, "delivery " + two, "delivery " + other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"reason\": \" \"}", "{\"reason\": null}", "reason"})
    void nothingIsDoneWithoutAReason(String body) {
        long id = ledger.dead("CRM-250", "T1");

        for (String path : new String[] {
            "/api/deliveries/" + id + "/resend",
            "/api/deliveries/" + id + "/discard",
            "/api/deliveries/resend?party=CRM-250",
            "/api/deliveries/discard?party=CRM-250"
        }) {
            Answer answer = operator().post(path, body);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().get("parameter").asText()).isEqualTo("reason");
        }
        assertThat(row(id)).containsEntry("state", "dead");
    }

    @Test
    void aParameterThatIsMissingOrWithoutSenseIsNamed() {
        assertThat(operator()
                        .post("/api/deliveries/resend", WHY)
                        .json()
                        .get("parameter")
                        .asText())
                .isEqualTo("party");
        assertThat(operator()
                        .post("/api/deliveries/x/resend", WHY)
                        .json()
                        .get("parameter")
                        .asText())
                .isEqualTo("id");
        Answer state = operator().get("/api/deliveries?state=lost");
        assertThat(state.status()).isEqualTo(400);
        assertThat(state.json().get("detail").asText()).isEqualTo("state must be one of pending, retrying, dead.");
    }
}
