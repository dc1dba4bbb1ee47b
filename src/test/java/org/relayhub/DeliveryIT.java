package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.URGE;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/** A hub in a process of its own between recording peers: what the receiving parties see on the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final AtomicInteger TICKETS = new AtomicInteger();

    private RecordingPeer csvc = new RecordingPeer();
    private RecordingPeer crm = new RecordingPeer();
    private HubProcess hub;
    private String ticket = "";

    DeliveryIT(@TempDir Path folder) throws IOException {
        var adapters = new Adapters(
                folder,
                Adapters.packaged()
                                .replace(
                                        "  CSVC-000:\n",
                                        "  CSVC-000:\n    timeout: 2s\n    form: text\n    address: " + csvc.address()
                                                + "\n")
                        + "\n  CRM-250: {transport: soap, address: '" + crm.address() + "'}\n");
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.sample-every=0s",
                        "--hub.delivery.retry.first=200ms",
                        "--hub.delivery.circuit.open-for=1s"));
    }

    @BeforeAll
    void warm() {
        await().atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> new SoapCaller(hub.port())
                                .send(
                                        "crm-250",
                                        Messages.message(URGE, CRM, CSVC, "20261122CSVC2509999999")
                                                .canonical())
                                .status()
                        == 200);
    }

    @BeforeEach
    void newTicket() {
        ticket = "20261122CSVC250%07d".formatted(TICKETS.incrementAndGet());
        csvc.answering(arrival -> "0000");
        crm.answering(arrival -> "0000");
    }

    @AfterAll
    void stop() {
        hub.close();
        csvc.close();
        crm.close();
    }

    private SoapCaller.Reply send(Activity activity, Party from, Party to) throws Exception {
        return send(Messages.message(activity, from, to, ticket));
    }

    private SoapCaller.Reply send(AddressedMessage message) throws Exception {
        return new SoapCaller(hub.port()).send(message.sender().user(), message.canonical());
    }

    private List<RecordingPeer.Arrival> at(RecordingPeer peer) {
        return peer.arrivals().stream()
                .filter(arrival -> arrival.indictSeq().equals(ticket))
                .toList();
    }

    private List<RecordingPeer.Arrival> awaitAt(RecordingPeer peer, int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> at(peer).size() >= count);
        return at(peer);
    }

    @Test
    void a_document_is_passed_on_as_it_came_with_the_hubs_serial_in_the_form_that_the_party_wants() throws Exception {
        AddressedMessage dispatch = Messages.message(DISPATCH, CRM, CSVC, ticket);
        SoapCaller.Reply reply = send(dispatch);

        assertThat(reply.code()).isEqualTo("0000");
        String wire = awaitAt(csvc, 1).get(0).wire();
        assertThat(wire)
                .contains("<TransIDO>" + dispatch.transIdo() + "</TransIDO>")
                .contains("<OrigDomain>CRM</OrigDomain>", "<MsgSender>2500</MsgSender>")
                .contains("<TransIDC>" + reply.transIdh() + "</TransIDC>")
                .containsPattern("<SvcCont>\\s*(<!\\[CDATA\\[<DispatchReq|&lt;DispatchReq)");
    }

    @Test
    void a_retry_code_is_tried_again_with_the_same_serial_until_it_is_taken() throws Exception {
        var tries = new AtomicInteger();
        csvc.answering(arrival -> arrival.indictSeq().equals(ticket) && tries.incrementAndGet() < 3 ? "0113" : "0000");
        send(DISPATCH, CRM, CSVC);

        List<RecordingPeer.Arrival> arrivals = awaitAt(csvc, 3);
        assertThat(arrivals)
                .extracting(RecordingPeer.Arrival::transIdo)
                .containsOnly(arrivals.get(0).transIdo());
        assertThat(arrivals)
                .extracting(arrival -> arrival.wire().replaceAll(".*<TransIDC>(.*)</TransIDC>.*", "$1"))
                .containsOnly(arrivals.get(0).wire().replaceAll(".*<TransIDC>(.*)</TransIDC>.*", "$1"));
    }

    @Test
    void messages_of_a_ticket_keep_their_order_through_retries() throws Exception {
        var refusals = new AtomicInteger();
        csvc.answering(
                arrival -> arrival.indictSeq().equals(ticket) && refusals.incrementAndGet() % 2 == 1 ? "0111" : "0000");
        send(DISPATCH, CRM, CSVC);
        send(COMMENT, CRM, CSVC);
        send(URGE, CRM, CSVC);

        assertThat(awaitAt(csvc, 6).stream()
                        .map(RecordingPeer.Arrival::activityCode)
                        .distinct())
                .containsExactly("T2002081", "T2002083", "T2002084");
    }

    @Test
    void a_peer_that_hangs_up_is_tried_again() throws Exception {
        var calls = new AtomicInteger();
        csvc.answering(arrival -> arrival.indictSeq().equals(ticket) && calls.incrementAndGet() == 1 ? "" : "0000");
        send(DISPATCH, CRM, CSVC);

        awaitAt(csvc, 1);
        assertThat(calls.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void a_dispatch_that_is_refused_for_good_comes_back_as_a_return_from_the_hub() throws Exception {
        csvc.answering(arrival -> arrival.indictSeq().equals(ticket) ? "4002" : "0000");
        send(DISPATCH, CRM, CSVC);

        RecordingPeer.Arrival back = awaitAt(crm, 1).get(0);
        assertThat(back.activityCode()).isEqualTo("T2002086");
        assertThat(back.wire())
                .contains("<OrigDomain>HUB</OrigDomain>", "<MsgSender>0000</MsgSender>", "<HandlingComment>[4002] ");
        csvc.answering(arrival -> "0000");
        assertThat(send(DISPATCH, CRM, CSVC).code())
                .as("the corrected dispatch")
                .isEqualTo("0000");
        awaitAt(csvc, 2);
    }

    @Test
    void any_other_message_that_is_refused_for_good_is_told_by_a_comment_from_the_hub() throws Exception {
        csvc.answering(arrival -> arrival.activityCode().equals("T2002084") ? "2998" : "0000");
        send(DISPATCH, CRM, CSVC);
        send(URGE, CRM, CSVC);

        RecordingPeer.Arrival comment = awaitAt(crm, 1).get(0);
        assertThat(comment.activityCode()).isEqualTo("T2002083");
        assertThat(comment.wire()).contains("urge refused: [2998]");
    }

    @Test
    void a_reply_goes_up_to_the_crm() throws Exception {
        send(DISPATCH, CRM, CSVC);
        awaitAt(csvc, 1);
        assertThat(send(REPLY, CSVC, CRM).code()).isEqualTo("0000");

        assertThat(awaitAt(crm, 1).get(0).activityCode()).isEqualTo("T2002082");
    }

    @Test
    void a_document_by_number_goes_to_the_party_of_the_numbers_province_as_it_came() throws Exception {
        send(DISPATCH, CRM, CSVC);
        awaitAt(csvc, 1);
        SoapCaller.Reply reply = send(Messages.byNumber(REPLY, CSVC, CRM, ticket, "10025000017"));

        assertThat(reply.code()).isEqualTo("0000");
        assertThat(reply.body()).contains("<RouteType>01</RouteType>", "<RouteValue>10025000017</RouteValue>");
        assertThat(awaitAt(crm, 1).get(0).wire())
                .contains("<RouteType>01</RouteType>", "<RouteValue>10025000017</RouteValue>");
        SoapCaller.Reply unknown = send(Messages.byNumber(COMMENT, CSVC, CRM, ticket, "19999999999"));
        assertThat(unknown.code()).isEqualTo("0104");
        assertThat(unknown.body()).contains("<RspDesc>RouteValue: ");
    }

    @Test
    void a_query_is_answered_by_the_ledger_where_the_home_party_cannot() throws Exception {
        send(DISPATCH, CRM, CSVC);
        awaitAt(csvc, 1);
        csvc.answering(arrival -> arrival.activityCode().equals("T2002087") ? "0113" : "0000");
        AddressedMessage query = Messages.message(QUERY, CRM, CSVC, ticket);

        SoapCaller.Reply reply = send(query);

        assertThat(reply.code()).isEqualTo("0000");
        assertThat(reply.body())
                .contains("<Status>DISPATCHED</Status>", "<CurrentNode>CSVC-000</CurrentNode>", "<Source>HUB</Source>");
        assertThat(send(query).body()).as("the same query again").isEqualTo(reply.body());
    }
}
