package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.AnsweringPeer.Reply;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.codec.BodyText;

/** A handling is called once, whatever happens; a query that nobody answers may be asked again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandlingIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final AnsweringPeer platform = new AnsweringPeer();
    private final AnsweringPeer garbling = new AnsweringPeer();
    private final HubProcess hub;
    private final SoapCaller caller;
    private final Adapters adapters;
    private final String parties;

    HandlingIT(@TempDir Path folder) throws IOException {
        int closed = FreePort.any();
        parties =
                """
                parties:
                  CRM-*: {}
                  CSVC-000: {}
                  MVID-000: {address: '%s', timeout: %ds}
                  MRED-000: {address: '%s'}
                  MGAM-000: {address: 'http://127.0.0.1:%d/peer'}
                  MUSI-000: {address: '%s', enabled: false}
                """.formatted(platform.address(), TIMEOUT.toSeconds(), garbling.address(), closed, platform.address());
        adapters = new Adapters(folder, parties);
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.enabled=false",
                        "--hub.delivery.circuit.window=1000"));
        caller = new SoapCaller(hub.port());
    }

    @AfterAll
    void stop() {
        hub.close();
        platform.close();
        garbling.close();
    }

    @BeforeEach
    void a_platform_that_does_what_it_is_told() {
        platform.answering(question -> Reply.of(BodyText.of("BusinessHandleRsp", Map.of("OperRtnStaId", "00"))));
    }

    private static AddressedMessage block(String service) {
        return Messages.service(
                Activity.BUSINESS_HANDLE,
                CRM,
                CSVC,
                service,
                "02001",
                service.equals("83") ? "13800000000" : "13800000000|1",
                null);
    }

    private SoapCaller.Reply send(AddressedMessage message) throws Exception {
        return caller.send("crm-250", message.canonical());
    }

    private List<JsonNode> open(AddressedMessage handling) throws Exception {
        return hub.json("/api/handlings").path("items").findParents("transIdo").stream()
                .filter(open -> open.path("transIdo").asText().equals(handling.transIdo()))
                .toList();
    }

    @Test
    void what_the_platform_says_is_passed_on_and_again_at_the_second_time() throws Exception {
        AddressedMessage handling = block("82");
        int before = platform.count();

        SoapCaller.Reply first = send(handling);
        SoapCaller.Reply again = send(handling);

        assertThat(first.code()).isEqualTo("0000");
        assertThat(first.value("OperRtnStaId")).isEqualTo("00");
        assertThat(first.transIdh()).startsWith("PEER");
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(platform.count() - before).isEqualTo(1);
        assertThat(open(handling)).isEmpty();
    }

    @Test
    void one_that_timed_out_is_never_repeated_and_waits_for_an_operator() throws Exception {
        platform.answering(question -> Reply.never());
        AddressedMessage handling = block("82");
        int before = platform.count();

        SoapCaller.Reply first = send(handling);
        SoapCaller.Reply again = send(handling);

        assertThat(first.code()).isEqualTo("0102");
        assertThat(first.value("RspDesc")).contains("outcome is unknown");
        assertThat(again.code()).isEqualTo("0102");
        assertThat(again.transIdh()).isEqualTo(first.transIdh());
        assertThat(platform.count() - before).isEqualTo(1);
        List<JsonNode> open = open(handling);
        assertThat(open).hasSize(1);
        assertThat(open.get(0).path("platform").asText()).isEqualTo("MVID-000");
        assertThat(open.get(0).path("reason").asText()).isEqualTo("no answer in time");
        assertThat(open.get(0).path("transIdc").asText()).isEqualTo(first.transIdh());

        String settle = "/api/handlings/" + open.get(0).path("id").asText() + "/settle";
        assertThat(hub.post(settle, "{\"reason\": \"asked the platform\"}").statusCode())
                .isEqualTo(400);
        assertThat(hub.post(settle, "{\"done\": true, \"reason\": \"asked the platform\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(open(handling)).isEmpty();
        assertThat(hub.post(settle, "{\"done\": true, \"reason\": \"again\"}").statusCode())
                .isEqualTo(404);
        assertThat(send(handling).code()).as("still not repeated").isEqualTo("0102");
        assertThat(platform.count() - before).isEqualTo(1);
    }

    @Test
    void one_that_did_not_reach_the_platform_may_be_sent_again() throws Exception {
        AddressedMessage handling = block("83");

        SoapCaller.Reply first = send(handling);

        assertThat(first.code()).as(first.body()).isEqualTo("0114");
        assertThat(first.value("RspDesc")).contains("MGAM-000: it could not be connected to");
        assertThat(open(handling)).isEmpty();
        assertThat(send(handling).code()).isEqualTo("0114");
        assertThat(send(block("72")).code()).as("a disabled platform").isEqualTo("0119");
    }

    @Test
    void an_answer_that_nobody_can_read_leaves_the_outcome_open() throws Exception {
        garbling.answering(question -> Reply.of(BodyText.of("AlignRsp", Map.of("State", "ACTIVE"))));
        AddressedMessage handling = block("85");

        assertThat(send(handling).code()).isEqualTo("0102");
        assertThat(open(handling)).hasSize(1);
        assertThat(open(handling).get(0).path("reason").asText()).contains("its answer has no BusinessHandleRsp");
    }

    @Test
    void one_that_is_refused_is_answered_with_the_refusal() throws Exception {
        platform.answering(question -> Reply.code("2998"));
        AddressedMessage handling = block("82");

        assertThat(send(handling).code()).isEqualTo("2998");
        assertThat(open(handling)).isEmpty();
        AddressedMessage wrong = block("82");
        SoapCaller.Reply other = caller.send(
                "crm-250",
                wrong.canonical().replace(wrong.transIdo(), handling.transIdo()).replace("|1", "|0"));
        assertThat(other.code()).isEqualTo("0103");
    }

    @Test
    void a_platform_that_does_not_know_itself_leaves_the_outcome_open() throws Exception {
        for (String code : List.of("0102", "0113", "0114")) {
            platform.answering(question -> Reply.code(code));
            AddressedMessage handling = block("82");

            assertThat(send(handling).code()).as(code).isEqualTo("0102");
            assertThat(open(handling).get(0).path("reason").asText()).isEqualTo("it answered " + code);
        }
    }

    @Test
    void a_platform_that_has_not_begun_lets_it_be_sent_again() throws Exception {
        platform.answering(question -> Reply.code("0131"));
        AddressedMessage handling = block("82");
        assertThat(send(handling).code()).isEqualTo("0131");
        a_platform_that_does_what_it_is_told();

        assertThat(send(handling).code()).isEqualTo("0000");
    }

    @Test
    void one_whose_outcome_is_unknown_is_still_so_when_its_platform_has_been_disabled() throws Exception {
        platform.answering(question -> Reply.never());
        AddressedMessage handling = block("82");
        assertThat(send(handling).code()).isEqualTo("0102");

        adapters.write(parties.replace("timeout: 1s}", "timeout: 1s, enabled: false}"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> send(block("82")).code().equals("0119"));
        assertThat(send(handling).code()).isEqualTo("0102");
        adapters.write(parties);
        a_platform_that_does_what_it_is_told();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> send(block("82")).code().equals("0000"));
    }

    @Test
    void one_that_names_a_ticket_needs_a_part_in_it() throws Exception {
        String document = block("82")
                .canonical()
                .replace("</BusinessHandleReq>", "<IndictSeq>20261122CSVC2507654321</IndictSeq></BusinessHandleReq>");
        int before = platform.count();

        assertThat(caller.send("crm-250", document).code()).isEqualTo("2901");
        assertThat(platform.count()).isEqualTo(before);
    }

    @Test
    void a_hub_that_dies_while_it_waits_leaves_it_open_and_does_not_repeat_it() throws Exception {
        platform.answering(question -> Reply.never());
        AddressedMessage handling = block("82");
        int before = platform.count();
        CompletableFuture.runAsync(() -> {
            try {
                send(handling);
            } catch (Exception e) {
                // The hub is killed under it.
            }
        });
        await().until(() -> platform.count() > before);

        hub.kill();
        hub.startAgain();

        await().atMost(TIMEOUT.multipliedBy(10))
                .untilAsserted(() -> assertThat(open(handling)).hasSize(1));
        assertThat(open(handling).get(0).path("reason").asText()).contains("the hub ended");
        assertThat(send(handling).code()).isEqualTo("0102");
        assertThat(platform.count() - before).isEqualTo(1);
    }

    @Test
    void a_query_that_nobody_answers_or_nobody_can_read_is_refused_and_may_be_asked_again() throws Exception {
        AddressedMessage query =
                Messages.service(Activity.BUSINESS_QUERY, CRM, CSVC, "82", "01001", "13800000000", "1");
        platform.answering(question -> Reply.never());
        assertThat(send(query).code()).isEqualTo("0114");
        platform.answering(question -> Reply.of(page("1", "a|b", "1|2|3")));
        SoapCaller.Reply misshapen = send(query);
        assertThat(misshapen.code()).isEqualTo("0108");
        assertThat(misshapen.value("RspDesc"))
                .isEqualTo("MVID-000: its answer breaks the schema: QryRslt: row 1 has 3 values for 2 columns");
        platform.answering(question -> Reply.code("0113"));
        assertThat(send(query).code()).isEqualTo("0113");
        platform.answering(question -> Reply.of(page("1", "a|b", "1|2")));
        SoapCaller.Reply answered = send(query);
        assertThat(answered.code()).isEqualTo("0000");
        assertThat(answered.value("QryRslt")).isEqualTo("1|2");
        platform.answering(question -> Reply.of(page("1", "a|b", "3|4")));
        assertThat(send(query).body()).as("the first answer").isEqualTo(answered.body());
    }

    private static org.relayhub.message.Body page(String count, String columns, String row) {
        return new BodyText.Draft("BusinessQueryRsp")
                .value("OperRtnStaId", "00")
                .value("RsltTotalCnt", count)
                .value("RsltPageCurrCnt", count)
                .value("RsltColumns", columns)
                .value("QryRslt", row)
                .finish();
    }
}
