package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.operations.FixtureLedger.NOON;
import static org.relayhub.operations.FixtureLedger.TICKET;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Timestamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.operations.Api.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OperationsTest
class MessagesApiTest {

    @LocalServerPort
    int port;

    @Autowired
    FixtureLedger ledger;

    @BeforeEach
    void empty() {
        ledger.clear();
    }

    private void message(String transIdo) {
        long serial = ledger.message("CRM-250", transIdo, "CSVC-000", "dispatch", TICKET, NOON);
        long delivery = ledger.delivery(serial, "CSVC-000", null, "delivered", NOON);
        ledger.attempt(delivery, 1, "0113", "no room for 13800130000", null, NOON.plusSeconds(1));
        ledger.attempt(delivery, 2, "0000", "", "C77", NOON.plusSeconds(3));
    }

    @Test
    void anAdminSeesTheDocumentItsTriesAndTheirAnswers() {
        message("T1");

        JsonNode message =
                new Api(port, "admin").get("/api/messages/CRM-250/T1").json();

        assertThat(message.get("document").asText()).isEqualTo(FixtureLedger.document());
        assertThat(message.get("masked").asBoolean()).isFalse();
        assertThat(message.get("transIdh").asText()).isEqualTo("HUB000000000000001");
        assertThat(message.get("indictSeq").asText()).isEqualTo(TICKET);
        assertThat(message.get("rspCode").asText()).isEqualTo("0000");
        JsonNode delivery = message.get("deliveries").get(0);
        assertThat(delivery.get("party").asText()).isEqualTo("CSVC-000");
        assertThat(delivery.get("state").asText()).isEqualTo("delivered");
        assertThat(delivery.get("tries")).hasSize(2);
        assertThat(delivery.at("/tries/0/description").asText()).isEqualTo("no room for 13800130000");
        assertThat(delivery.at("/tries/1/code").asText()).isEqualTo("0000");
        assertThat(delivery.at("/tries/1/transIdh").asText()).isEqualTo("C77");
        assertThat(delivery.at("/tries/1/at").asText()).isEqualTo("2026-03-01T12:00:03+08:00");
    }

    @Test
    void everybodyElseSeesNoNumberNoNameAndNoText() {
        message("T1");

        for (String user : new String[] {"viewer", "operator"}) {
            Answer answer = new Api(port, user).get("/api/messages/CRM-250/T1");

            assertThat(answer.json().get("masked").asBoolean()).isTrue();
            assertThat(answer.json().get("document").asText())
                    .contains("<IndictSeq>" + TICKET + "</IndictSeq>", "<SvcTypeId>0301</SvcTypeId>")
                    .contains("<RouteValue>138****0000</RouteValue>")
                    .contains("<SessionID>138****0000</SessionID>")
                    .contains("<MSISDN>138****0000</MSISDN>", "<CallerNo>025****6666</CallerNo>")
                    .contains(
                            "<Title>****</Title>",
                            "<SubsName>****</SubsName>",
                            "<Unheard>****</Unheard>",
                            "<CalledNo>****</CalledNo>")
                    .contains("<ServiceContent>****</ServiceContent>");
            assertThat(answer.body()).doesNotContain("13800130000", "02588886666", "张三", "扣费");
        }
    }

    @Test
    void aSynchronousMessageShowsItsAnswer() {
        message("T1");
        ledger.database()
                .sql("update message set answer = :answer")
                .param("answer", FixtureLedger.document())
                .update();

        assertThat(new Api(port, "admin")
                        .get("/api/messages/CRM-250/T1")
                        .json()
                        .get("answer")
                        .asText())
                .isEqualTo(FixtureLedger.document());
        assertThat(new Api(port, "viewer")
                        .get("/api/messages/CRM-250/T1")
                        .json()
                        .get("answer")
                        .asText())
                .contains("<Title>****</Title>");
    }

    @Test
    void aTransIdoMayHoldASlash() {
        message("2026/0301/7");

        assertThat(new Api(port, "viewer")
                        .get("/api/messages/CRM-250/2026/0301/7")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anotherPartysMessageOrAnUnknownOneIsNotFound() {
        message("T1");

        assertThat(new Api(port, "admin").get("/api/messages/CRM-100/T1").status())
                .isEqualTo(404);
        assertThat(new Api(port, "admin").get("/api/messages/CRM-250/T2").status())
                .isEqualTo(404);
        Answer noParty = new Api(port, "admin").get("/api/messages/CRM250/T1");
        assertThat(noParty.status()).isEqualTo(400);
        assertThat(noParty.json().get("parameter").asText()).isEqualTo("party");
    }

    private void refusal(String identity, String transIdo, int second) {
        ledger.database()
                .sql("""
                        insert into refusal (at, identity, claimed, trans_ido, activity, transport, code, description)
                        values (:at, :identity, 'CRM-250', :transIdo, 'T2002081', 'soap', '4004',
                                'Title: has 201 bytes in GBK, at most 200')
                        """)
                .param("at", Timestamp.from(NOON.plusSeconds(second)))
                .param("identity", identity)
                .param("transIdo", transIdo)
                .update();
    }

    @Test
    void aRefusedDocumentIsFoundByWhoSentItAndWhen() {
        refusal("crm-250", "R1", 0);
        refusal("crm-250", "R2", 1);
        refusal("crm-100", "R3", 2);
        var viewer = new Api(port, "viewer");

        JsonNode all = viewer.get("/api/refusals").json();
        JsonNode own = viewer.get("/api/refusals?identity=crm-250").json();
        JsonNode late =
                viewer.get("/api/refusals?from=2026-03-01T12:00:02%2B08:00").json();

        assertThat(all.get("items").findValuesAsText("transIdo")).containsExactly("R3", "R2", "R1");
        assertThat(own.get("items").findValuesAsText("transIdo")).containsExactly("R2", "R1");
        assertThat(late.get("items").findValuesAsText("transIdo")).containsExactly("R3");
        assertThat(own.at("/items/0/code").asText()).isEqualTo("4004");
        assertThat(own.at("/items/0/description").asText()).isEqualTo("Title: has 201 bytes in GBK, at most 200");
        assertThat(viewer.get("/api/refusals?from=then").json().get("parameter").asText())
                .isEqualTo("from");
    }
}
