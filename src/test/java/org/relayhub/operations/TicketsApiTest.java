package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.operations.FixtureLedger.NOON;
import static org.relayhub.operations.FixtureLedger.TICKET;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.operations.Api.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OperationsTest
class TicketsApiTest {

    private static final String OTHER = "20260302CSVC1000000002";

    @LocalServerPort
    int port;

    @Autowired
    FixtureLedger ledger;

    @Autowired
    DataSource dataSource;

    @BeforeEach
    void empty() {
        ledger.clear();
    }

    private Api viewer() {
        return new Api(port, "viewer");
    }

    private void twoTickets() {
        ledger.ticket(TICKET, "CRM-250", "030101", "13800130000", NOON);
        ledger.leg(TICKET, "CRM-250", "CSVC-000", "DISPATCHED");
        ledger.leg(TICKET, "CSVC-000", "SIMS-000", "DISPATCHED");
        ledger.leg(TICKET, "SIMS-000", "SIMS-250", "REPLIED");
        ledger.ticket(OTHER, "CRM-100", "0401", "13911112222", NOON.plus(Duration.ofDays(1)));
        ledger.leg(OTHER, "CRM-100", "CSVC-000", "REPLIED");
    }

    private static List<String> found(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.json().get("items").spliterator(), false)
                .map(item -> item.get("indictSeq").asText())
                .toList();
    }

    @Test
    void aTicketShowsItsStatusWhereItIsAndItsLegs() {
        twoTickets();

        JsonNode ticket = viewer().get("/api/tickets/" + TICKET).json();

        assertThat(ticket.get("indictSeq").asText()).isEqualTo(TICKET);
        assertThat(ticket.get("testFlag").asText()).isEqualTo("0");
        assertThat(ticket.get("svcTypeId").asText()).isEqualTo("030101");
        assertThat(ticket.get("status").asText()).isEqualTo("DISPATCHED");
        assertThat(ticket.get("currentNode").asText()).isEqualTo("SIMS-000");
        assertThat(ticket.get("legs")).hasSize(3);
        JsonNode leg = ticket.get("legs").get(2);
        assertThat(leg.get("upstream").asText()).isEqualTo("SIMS-000");
        assertThat(leg.get("downstream").asText()).isEqualTo("SIMS-250");
        assertThat(leg.get("state").asText()).isEqualTo("REPLIED");
        assertThat(leg.get("round").asInt()).isEqualTo(1);
        assertThat(leg.get("urges").asInt()).isZero();
        assertThat(leg.get("deadTime").asText()).isEqualTo("2026-03-01T12:00:00+08:00");
        assertThat(leg.get("updatedTime").asText()).isEqualTo("2026-03-01T12:00:00+08:00");
        assertThat(ticket.get("story")).isEmpty();
    }

    @Test
    void aTicketThatIsNotKnownIsNotFound() {
        Answer answer = viewer().get("/api/tickets/" + TICKET);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("detail").asText()).isEqualTo("No such ticket is known.");
    }

    @Test
    void theStoryTellsWhatCameInAndWhatBecameOfItInTheOrderOfTime() {
        ledger.ticket(TICKET, "CRM-250", "030101", "13800130000", NOON);
        long leg = ledger.leg(TICKET, "CRM-250", "CSVC-000", "RETURNED");
        long dispatch = ledger.message("CRM-250", "T1", "CSVC-000", "dispatch", TICKET, NOON);
        long delivered = ledger.delivery(dispatch, "CSVC-000", leg, "delivered", NOON);
        ledger.attempt(delivered, 1, "0114", "no answer within 10 s", null, NOON.plusSeconds(1));
        ledger.attempt(delivered, 2, "0000", "Success", "C77", NOON.plusSeconds(3));
        long urge = ledger.message("CRM-250", "T2", "CSVC-000", "urge", TICKET, NOON.plusSeconds(2));
        long retrying = ledger.delivery(urge, "CSVC-000", leg, "retrying", NOON.plusSeconds(60));
        ledger.attempt(retrying, 1, "0113", "busy with 13800130000", null, NOON.plusSeconds(4));
        long back = ledger.message("HUB-000", "RETURN1", "CRM-250", "return", TICKET, NOON.plusSeconds(5));
        ledger.delivery(back, "CRM-250", leg, "pending", NOON.plusSeconds(5));

        JsonNode story = viewer().get("/api/tickets/" + TICKET).json().get("story");

        assertThat(StreamSupport.stream(story.spliterator(), false).map(line -> "%s %s>%s %s %s %s %s %s"
                        .formatted(
                                line.get("direction").asText(),
                                line.get("from").asText(),
                                line.get("to").asText(),
                                line.get("activity").asText(),
                                line.get("transIdo").asText(),
                                line.get("transIdh").asText(),
                                line.get("tries").asText(),
                                line.get("result").asText())))
                .containsExactly(
                        "in CRM-250>CSVC-000 dispatch T1 HUB000000000000001 null 0000 success 成功",
                        "in CRM-250>CSVC-000 urge T2 HUB000000000000002 null 0000 success 成功",
                        "out CRM-250>CSVC-000 dispatch T1 C77 2 delivered: 0000 success 成功",
                        "out CRM-250>CSVC-000 urge T2 null 1 retrying: 0113 home party internal error 落地方内部错误"
                                + " (busy with 138****0000)",
                        "out HUB-000>CRM-250 return RETURN1 null 0 pending");
        assertThat(story.get(2).get("at").asText()).isEqualTo("2026-03-01T12:00:03+08:00");
        assertThat(story.get(2).get("nextTryAt").isNull()).isTrue();
        assertThat(story.get(3).get("nextTryAt").asText()).isEqualTo("2026-03-01T12:01:00+08:00");
    }

    @ParameterizedTest
    @CsvSource({
        "'', both",
        "?party=CSVC-000, both",
        "?party=CRM-250, first",
        "?party=SIMS-250, first",
        "?party=CRM-100, second",
        "?party=CRM-200, none",
        "?state=DISPATCHED, first",
        "?state=REPLIED, second",
        "?state=ARCHIVED, none",
        "?msisdn=13911112222, second",
        "?svcType=0301, first",
        "?svcType=04, second",
        "?svcType=1, none",
        "?from=2026-03-02, second",
        "?to=2026-03-01, first",
        "?from=2026-03-01&to=2026-03-02, both",
        "?from=2026-03-01T12:00:01%2B08:00, second",
        "?to=2026-03-01T12:00:00%2B08:00, none",
        "?party=CSVC-000&state=REPLIED&svcType=0401&msisdn=13911112222&from=2026-03-01&to=2026-03-03, second",
        "?page=2, none"
    })
    void aSearchFindsWhatItNamesNewestFirst(String query, String expected) {
        twoTickets();

        List<String> found = found(viewer().get("/api/tickets" + query));

        assertThat(found)
                .isEqualTo(
                        switch (expected) {
                            case "both" -> List.of(OTHER, TICKET);
                            case "first" -> List.of(TICKET);
                            case "second" -> List.of(OTHER);
                            default -> List.of();
                        });
    }

    @Test
    void aPageHasFiftyTicketsAndSaysWhetherMoreFollow() {
        for (int i = 1; i <= 51; i++) {
            String seq = "20260301CSVC250%07d".formatted(i);
            ledger.ticket(seq, "CRM-250", "0301", "13800130000", NOON.plusSeconds(i));
            ledger.leg(seq, "CRM-250", "CSVC-000", "DISPATCHED");
        }

        JsonNode first = viewer().get("/api/tickets").json();
        JsonNode second = viewer().get("/api/tickets?page=2").json();

        assertThat(first.get("items")).hasSize(50);
        assertThat(first.get("more").asBoolean()).isTrue();
        assertThat(first.get("page").asInt()).isEqualTo(1);
        assertThat(second.get("items")).hasSize(1);
        assertThat(second.get("more").asBoolean()).isFalse();
        assertThat(second.get("items").get(0).get("indictSeq").asText()).isEqualTo("20260301CSVC2500000001");
    }

    @Test
    void anArchivedTicketIsFoundAsBeforeAndMarked() {
        ledger.ticket(TICKET, "CRM-250", "030101", "13800130000", NOON);
        long leg = ledger.leg(TICKET, "CRM-250", "CSVC-000", "ARCHIVED");
        long dispatch = ledger.message("CRM-250", "T1", "CSVC-000", "dispatch", TICKET, NOON);
        ledger.attempt(
                ledger.delivery(dispatch, "CSVC-000", leg, "delivered", NOON), 1, "0000", "Success", "C77", NOON);
        JsonNode before = viewer().get("/api/tickets/" + TICKET).json();
        assertThat(before.get("archived").asBoolean()).isFalse();
        assertThat(before.get("story")).hasSize(2);
        String page =
                new Session(port).logIn("viewer").get("/tickets/" + TICKET).body();

        ledger.archive(dataSource);

        JsonNode after = viewer().get("/api/tickets/" + TICKET).json();
        assertThat(after.get("archived").asBoolean()).isTrue();
        assertThat(after.get("legs")).isEqualTo(before.get("legs"));
        assertThat(after.get("story")).isEqualTo(before.get("story"));
        for (String query :
                List.of("msisdn=13800130000", "state=ARCHIVED", "svcType=0301", "from=2026-03-01", "party=CRM-250")) {
            JsonNode found = viewer().get("/api/tickets?" + query).json().get("items");
            assertThat(found).as(query).hasSize(1);
            assertThat(found.get(0).get("archived").asBoolean()).isTrue();
        }
        assertThat(viewer().get("/api/tickets?state=DISPATCHED").json().get("items"))
                .isEmpty();
        assertThat(viewer().get("/api/messages/CRM-250/T1").json().get("deliveries"))
                .hasSize(1);
        Session session = new Session(port).logIn("viewer");
        assertThat(session.get("/tickets/" + TICKET).body())
                .contains("历史工单", "T1")
                .hasSizeGreaterThan(page.length());
        assertThat(session.get("/tickets?q=13800130000").body()).contains("历史工单", TICKET);
        assertThat(session.get("/messages/CRM-250/T1").body()).contains("CSVC-000");
    }

    @Test
    void theCustomersNumberIsMaskedForAllButAdmins() {
        twoTickets();

        assertThat(viewer().get("/api/tickets?msisdn=13800130000")
                        .json()
                        .at("/items/0/msisdn")
                        .asText())
                .isEqualTo("138****0000");
        assertThat(new Api(port, "operator").get("/api/tickets").body()).doesNotContain("13800130000");
        assertThat(new Api(port, "admin")
                        .get("/api/tickets?msisdn=13800130000")
                        .json()
                        .at("/items/0/msisdn")
                        .asText())
                .isEqualTo("13800130000");
    }

    @ParameterizedTest
    @CsvSource({
        "party=crm250, party",
        "party=CRM-25, party",
        "state=OPEN, state",
        "msisdn=1380013000, msisdn",
        "msisdn=1380013000x, msisdn",
        "svcType=, svcType",
        "from=yesterday, from",
        "to=2026-13-01, to",
        "page=0, page",
        "page=-1, page",
        "page=x, page",
        "page=99999999999, page",
    })
    void aParameterWithoutSenseIsAProblemThatNamesIt(String query, String parameter) {
        Answer answer = viewer().get("/api/tickets?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("parameter").asText()).isEqualTo(parameter);
        assertThat(answer.json().get("detail").asText()).startsWith(parameter + " must be ");
        assertThat(answer.body()).doesNotContain("Exception");
    }
}
