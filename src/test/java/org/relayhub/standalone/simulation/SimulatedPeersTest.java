package org.relayhub.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPROCESS;
import static org.relayhub.standalone.simulation.PeersUnderTest.dispatch;
import static org.relayhub.standalone.simulation.PeersUnderTest.note;
import static org.relayhub.standalone.simulation.PeersUnderTest.query;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.TestDatabases;
import org.relayhub.standalone.simulation.peer.PeerBodies;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedPeersTest {

    private static final String QUICK = "reply-after=50ms";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicInteger numbers = new AtomicInteger();
    private final EmbeddedDatabase database;
    private final PeersUnderTest peers;

    SimulatedPeersTest(@TempDir Path folder) throws IOException {
        database = TestDatabases.start(folder);
        peers = new PeersUnderTest(database, QUICK);
    }

    @AfterEach
    void forgetPlans() {
        PeersUnderTest.forgetPlans(database);
    }

    @AfterAll
    void stop() throws IOException {
        peers.close();
        database.close();
    }

    private String ticket() {
        return "20261122CSVC250%07d".formatted(numbers.incrementAndGet());
    }

    private static void awaitStory(PeersUnderTest peers, String ticket, String... ways) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(peers.hub().story(ticket)).containsExactly(ways));
    }

    private static void awaitInStory(PeersUnderTest peers, String ticket, String... ways) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(peers.hub().story(ticket)).containsSubsequence(ways));
    }

    private static Map<String, String> status(PeersUnderTest peers, String ticket) throws Exception {
        PeersUnderTest.Reply answer =
                peers.call("CSVC-000", peers.document("CRM-250", "CSVC-000", QUERY, query(ticket)), 10);
        assertThat(answer.document().bodyFault()).isNull();
        return answer.document().requireBody().firstValues();
    }

    @Test
    void aMonternetComplaintGoesDownThreeLegsAndItsReplyAndArchiveFollow() throws Exception {
        String ticket = ticket();
        assertThat(peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0301", "000"))
                        .code())
                .isEqualTo("0000");
        awaitStory(
                peers,
                ticket,
                "CRM-250 dispatch CSVC-000",
                "CSVC-000 dispatch SIMS-000",
                "SIMS-000 dispatch SIMS-250",
                "SIMS-250 reply SIMS-000",
                "SIMS-000 reply CSVC-000",
                "CSVC-000 reply CRM-250");
        peers.send("CRM-250", "CSVC-000", REPROCESS, note("ReprocessReq", ticket));
        awaitInStory(
                peers,
                ticket,
                "CRM-250 reprocess CSVC-000",
                "CSVC-000 reprocess SIMS-000",
                "SIMS-000 reprocess SIMS-250",
                "SIMS-250 reply SIMS-000",
                "SIMS-000 reply CSVC-000",
                "CSVC-000 reply CRM-250");
        assertThat(status(peers, ticket)).containsEntry("Round", "2").containsEntry("Status", "REPLIED");
        Body archive = PeerBodies.archive(Party.of("CRM-250"), ticket, "客户满意", Instant.now());
        peers.send("CRM-250", "CSVC-000", ARCHIVE, archive);
        awaitInStory(
                peers, ticket, "CRM-250 archive CSVC-000", "CSVC-000 archive SIMS-000", "SIMS-000 archive SIMS-250");
        // The simulated CRM acts on none but the sample stream's tickets.
        assertThat(peers.hub().story(ticket))
                .filteredOn(way -> way.startsWith("CRM"))
                .hasSize(3);
    }

    @Test
    void aCrossRegionComplaintGoesToTheTargetProvince() throws Exception {
        String ticket = ticket();
        peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0302", "571"));
        awaitInStory(
                peers,
                ticket,
                "SIMS-000 dispatch SIMS-571",
                "SIMS-571 reply SIMS-000",
                "SIMS-000 reply CSVC-000",
                "CSVC-000 reply CRM-250");
    }

    @Test
    void csvcSortsByServiceTypeAndHandlesItsOwn() throws Exception {
        Map<String, String> secondLines = new LinkedHashMap<>();
        secondLines.put("0501", "NETW-250");
        secondLines.put("0451", "MVID-000");
        secondLines.put("0452", "MGAM-000");
        secondLines.put("0453", "MUSI-000");
        secondLines.put("0454", "MPAY-000");
        secondLines.put("0455", "MRED-000");
        for (Map.Entry<String, String> wanted : secondLines.entrySet()) {
            String ticket = ticket();
            peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, wanted.getKey(), "000"));
            awaitStory(
                    peers,
                    ticket,
                    "CRM-250 dispatch CSVC-000",
                    "CSVC-000 dispatch " + wanted.getValue(),
                    wanted.getValue() + " reply CSVC-000",
                    "CSVC-000 reply CRM-250");
        }
        String own = ticket();
        peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(own, "0402", "000"));
        awaitStory(peers, own, "CRM-250 dispatch CSVC-000", "CSVC-000 reply CRM-250");
        peers.send("CRM-250", "CSVC-000", REPROCESS, note("ReprocessReq", own));
        awaitInStory(peers, own, "CRM-250 reprocess CSVC-000", "CSVC-000 reply CRM-250");
        await().atMost(SOON).untilAsserted(() -> assertThat(status(peers, own))
                .containsEntry("Status", "REPLIED")
                .containsEntry("Round", "2"));
    }

    @Test
    void aNetworkComplaintThatACrmSendsStraightIsRepliedToTheCrm() throws Exception {
        String ticket = ticket();
        peers.send("CRM-250", "NETW-250", DISPATCH, dispatch(ticket, "0501", "000"));
        awaitStory(peers, ticket, "CRM-250 dispatch NETW-250", "NETW-250 reply CRM-250");
    }

    @Test
    void csvcTellsCrmAndSimsWhereATicketIs() throws Exception {
        String ticket = ticket();
        peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0301", "000"));
        awaitInStory(peers, ticket, "CSVC-000 dispatch SIMS-000");
        assertThat(status(peers, ticket))
                .containsEntry("Status", "DISPATCHED")
                .containsEntry("CurrentNode", "SIMS-000")
                .containsEntry("Source", "HOME");
        PeersUnderTest.Reply fromBelow =
                peers.call("CSVC-000", peers.document("SIMS-250", "CSVC-000", QUERY, query(ticket)), 10);
        assertThat(fromBelow.document().requireBody().get("CurrentNode")).isEqualTo("SIMS-000");
        PeersUnderTest.Reply unknown =
                peers.call("CSVC-000", peers.document("CRM-250", "CSVC-000", QUERY, query(ticket())), 10);
        assertThat(unknown.code()).isEqualTo("2901");
    }

    @Test
    void theSameMessageAgainGetsTheSameAnswerAndHasNoSecondEffect() throws Exception {
        String ticket = ticket();
        String document = peers.document("SIMS-000", "SIMS-250", DISPATCH, dispatch(ticket, "0301", "000"));
        PeersUnderTest.Reply first = peers.call("SIMS-250", document, 10);
        assertThat(first.code()).isEqualTo("0000");
        assertThat(peers.call("SIMS-250", document, 10).text()).isEqualTo(first.text());
        assertThat(peers.call("SIMS-250", document.replace("退费", "退款"), 10).code())
                .isEqualTo("0103");
        awaitStory(peers, ticket, "SIMS-250 reply SIMS-000");
        String later = ticket();
        peers.call("SIMS-250", peers.document("SIMS-000", "SIMS-250", DISPATCH, dispatch(later, "0301", "000")), 10);
        awaitStory(peers, later, "SIMS-250 reply SIMS-000");
        assertThat(peers.hub().story(ticket)).hasSize(1);
    }

    @Test
    void aPeerTriesAgainWithTheSameSerialUntilTheHubHasIt() throws Exception {
        String ticket = ticket();
        peers.hub().answerNextWith("0111");
        peers.call("NETW-250", peers.document("CRM-250", "NETW-250", DISPATCH, dispatch(ticket, "0501", "000")), 10);
        awaitStory(peers, ticket, "NETW-250 reply CRM-250");
        assertThat(transIdos(peers.hub().refused(), ticket))
                .hasSize(1)
                .isEqualTo(transIdos(peers.hub().accepted(), ticket));
    }

    private static List<String> transIdos(List<StubHub.Seen> messages, String ticket) {
        return messages.stream()
                .filter(seen -> seen.indictSeq().equals(ticket))
                .map(StubHub.Seen::transIdo)
                .toList();
    }
}
