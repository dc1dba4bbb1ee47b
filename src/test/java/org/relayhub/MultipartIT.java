package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.URGE;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.RecordingPeer.Arrival;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.codec.WireForm;

/** A hub in a process of its own whose parties of some provinces speak multipart, with simulated and recording peers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MultipartIT {

    private static final Party CRM = Party.of("CRM-571");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final AtomicInteger TICKETS = new AtomicInteger();

    private final RecordingPeer wantsChild = new RecordingPeer(RecordingPeer.Transport.MULTIPART);
    private final RecordingPeer wantsText = new RecordingPeer(RecordingPeer.Transport.MULTIPART);
    private final RecordingPeer crm = new RecordingPeer(RecordingPeer.Transport.MULTIPART);
    private final HubProcess hub;
    private String ticket = "";

    MultipartIT(@TempDir Path folder) throws IOException {
        var adapters = new Adapters(
                folder,
                Adapters.packaged() + "\n  NETW-100: {transport: multipart, timeout: 2s, address: \""
                        + wantsChild.address() + "\"}\n"
                        + "\n  CRM-100: {transport: multipart, timeout: 2s, address: \"" + crm.address() + "\"}\n"
                        + "\n  NETW-200: {transport: multipart, timeout: 2s, form: text, address: \""
                        + wantsText.address() + "\"}\n");
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.sample-every=0s",
                        "--hub.standalone.simulation.reply-after=200ms",
                        "--hub.delivery.retry.first=200ms",
                        "--hub.delivery.circuit.open-for=1s"));
    }

    @BeforeEach
    void everyPeerTakesAll() {
        wantsChild.answering(arrival -> "0000");
        wantsText.answering(arrival -> "0000");
    }

    @AfterAll
    void stop() {
        hub.close();
        wantsChild.close();
        wantsText.close();
        crm.close();
    }

    private String newTicket(String province) {
        ticket = "20261122CSVC%s%07d".formatted(province, TICKETS.incrementAndGet());
        return ticket;
    }

    private SoapCaller.Reply send(Activity activity, Party to) throws Exception {
        return new MultipartCaller(hub.port())
                .send(CRM.user(), Messages.message(activity, CRM, to, ticket).canonical());
    }

    private SoapCaller.Reply sendFrom(String province, Activity activity) throws Exception {
        Party crm = Party.of("CRM-" + province);
        Party netw = Party.of("NETW-" + province);
        // Whatever the party is called by, it may call by any transport.
        return new MultipartCaller(hub.port())
                .send(crm.user(), Messages.message(activity, crm, netw, ticket).canonical());
    }

    private JsonNode ticket() throws Exception {
        return hub.json("/api/tickets/" + ticket);
    }

    private void awaitLegs(String... legs) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<String> found = new ArrayList<>();
            for (JsonNode leg : ticket().path("legs")) {
                found.add(leg.path("upstream").asText() + " "
                        + leg.path("downstream").asText() + " "
                        + leg.path("state").asText());
            }
            assertThat(found).containsExactlyInAnyOrder(legs);
        });
    }

    private List<Arrival> awaitAt(RecordingPeer peer, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> at(peer).size() >= count);
        return at(peer);
    }

    private List<Arrival> at(RecordingPeer peer) {
        return peer.arrivals().stream()
                .filter(arrival -> arrival.indictSeq().equals(ticket))
                .toList();
    }

    @Test
    void a_complaint_goes_down_and_back_between_parties_that_speak_multipart() throws Exception {
        newTicket("571");
        assertThat(send(DISPATCH, CSVC).code()).isEqualTo("0000");

        awaitLegs("CRM-571 CSVC-000 REPLIED", "CSVC-000 SIMS-000 REPLIED", "SIMS-000 SIMS-571 REPLIED");
        assertThat(send(ARCHIVE, CSVC).code()).isEqualTo("0000");
        awaitLegs("CRM-571 CSVC-000 ARCHIVED", "CSVC-000 SIMS-000 ARCHIVED", "SIMS-000 SIMS-571 ARCHIVED");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(ticket().path("story"))
                .filteredOn(line -> line.path("direction").asText().equals("out"))
                .hasSize(9)
                .allSatisfy(line -> assertThat(line.path("result").asText()).startsWith("delivered")));
    }

    @Test
    void a_query_is_answered_by_a_home_party_that_speaks_soap() throws Exception {
        newTicket("571");
        send(DISPATCH, CSVC);
        awaitLegs("CRM-571 CSVC-000 REPLIED", "CSVC-000 SIMS-000 REPLIED", "SIMS-000 SIMS-571 REPLIED");

        SoapCaller.Reply reply = send(QUERY, CSVC);

        assertThat(reply.code()).isEqualTo("0000");
        assertThat(reply.body()).contains("<Source>HOME</Source>", "<Status>REPLIED</Status>");
    }

    @Test
    void the_same_document_by_another_transport_or_in_the_other_form_is_a_duplicate() throws Exception {
        newTicket("571");
        AddressedMessage dispatch = Messages.message(DISPATCH, CRM, CSVC, ticket);
        var caller = new MultipartCaller(hub.port());
        String serial = caller.send("crm-571", dispatch.canonical()).transIdh();

        assertThat(serial).isNotEmpty();
        assertThat(caller.send("crm-571", WireForm.TEXT.render(dispatch.canonical(), null))
                        .transIdh())
                .isEqualTo(serial);
        assertThat(new SoapCaller(hub.port())
                        .send("crm-571", dispatch.canonical())
                        .transIdh())
                .isEqualTo(serial);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "200"})
    void a_document_is_passed_on_as_it_came_with_the_hubs_serial_in_the_form_that_the_party_wants(String province)
            throws Exception {
        newTicket(province);
        SoapCaller.Reply reply = sendFrom(province, DISPATCH);

        assertThat(reply.code()).isEqualTo("0000");
        String wire = awaitAt(province.equals("100") ? wantsChild : wantsText, 1)
                .get(0)
                .wire();
        String head = wire.substring(wire.indexOf("name=\"xmlhead\""), wire.indexOf("name=\"xmlbody\""));
        String body = wire.substring(wire.indexOf("name=\"xmlbody\""));
        assertThat(head)
                .contains("<OrigDomain>CRM</OrigDomain>", "<MsgSender>" + province + "0</MsgSender>")
                .contains("<TransIDC>" + reply.transIdh() + "</TransIDC>")
                .doesNotContain("SvcCont");
        assertThat(body)
                .contains("<SvcCont xmlns=\"urn:relay-hub:interboss:1\">")
                .contains(province.equals("100") ? "\"><DispatchReq" : "\"><![CDATA[<DispatchReq")
                .doesNotContain("InterBOSS>");
    }

    @Test
    void messages_of_a_ticket_keep_their_order_and_serials_through_retries() throws Exception {
        newTicket("100");
        var tries = new AtomicInteger();
        // A code that says try again, a connection that ends without an answer, and then an answer.
        wantsChild.answering(arrival -> switch (tries.incrementAndGet() % 3) {
            case 1 -> "0113";
            case 2 -> "";
            default -> "0000";
        });
        sendFrom("100", DISPATCH);
        sendFrom("100", COMMENT);
        sendFrom("100", URGE);

        List<Arrival> arrivals = awaitAt(wantsChild, 6);
        assertThat(arrivals.stream().map(Arrival::activityCode).distinct())
                .containsExactly("T2002081", "T2002083", "T2002084");
        assertThat(arrivals.stream().map(Arrival::transIdo).distinct()).hasSize(3);
        assertThat(tries.get()).isGreaterThanOrEqualTo(9);
    }

    @Test
    void what_the_home_party_refuses_for_good_comes_back_to_its_sender_by_multipart() throws Exception {
        newTicket("100");
        wantsChild.answering(arrival -> arrival.indictSeq().equals(ticket) ? "4002" : "0000");
        sendFrom("100", DISPATCH);

        awaitLegs("CRM-100 NETW-100 RETURNED");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(at(crm))
                .extracting(Arrival::activityCode, arrival -> arrival.wire().contains("[4002] "))
                .containsExactly(tuple("T2002086", true)));
    }

    @Test
    void a_party_that_is_called_by_multipart_replies_by_it() throws Exception {
        newTicket("200");
        sendFrom("200", DISPATCH);
        awaitAt(wantsText, 1);
        Party netw = Party.of("NETW-200");
        Party crm = Party.of("CRM-200");

        SoapCaller.Reply reply = new MultipartCaller(hub.port())
                .send(netw.user(), Messages.message(REPLY, netw, crm, ticket).canonical());

        assertThat(reply.code()).isEqualTo("0000");
        assertThat(reply.body()).startsWith("<InterBOSS").doesNotContain("Envelope");
        awaitLegs("CRM-200 NETW-200 REPLIED");
    }
}
