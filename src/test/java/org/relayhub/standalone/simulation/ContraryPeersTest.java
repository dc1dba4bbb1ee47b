package org.relayhub.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.NOTICE;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.RETURN;
import static org.relayhub.message.Activity.URGE;
import static org.relayhub.standalone.simulation.PeersUnderTest.dispatch;
import static org.relayhub.standalone.simulation.PeersUnderTest.note;
import static org.relayhub.standalone.simulation.PeersUnderTest.query;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.codec.BodyText;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.TestDatabases;
import org.relayhub.standalone.simulation.line.SoapEnvelope;
import org.relayhub.standalone.simulation.peer.PeerBodies;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContraryPeersTest {

    private static final String QUICK = "reply-after=50ms";
    private static final Duration SOON = Duration.ofSeconds(20);

    private final AtomicInteger numbers = new AtomicInteger();
    private @Nullable EmbeddedDatabase database;

    @BeforeAll
    void startDatabase(@TempDir Path folder) throws IOException {
        database = TestDatabases.start(folder);
    }

    @AfterEach
    void forgetPlans() {
        if (database != null) {
            PeersUnderTest.forgetPlans(database);
        }
    }

    @AfterAll
    void stopDatabase() throws IOException {
        if (database != null) {
            database.close();
        }
    }

    private PeersUnderTest peers(String... settings) {
        if (database == null) {
            throw new IllegalStateException("the database is not there");
        }
        return new PeersUnderTest(database, settings);
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
    void urgesAndCommentsGoDownAndCommentsFromBelowGoUp() throws Exception {
        try (PeersUnderTest peers = peers(QUICK, "not-simulated=SIMS-250,CRM-250")) {
            String ticket = ticket();
            peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0303", "000"));
            peers.send("CRM-250", "CSVC-000", URGE, note("UrgeReq", ticket));
            peers.send("CRM-250", "CSVC-000", COMMENT, note("CommentReq", ticket));
            awaitInStory(
                    peers, ticket, "SIMS-000 dispatch SIMS-250", "SIMS-000 urge SIMS-250", "SIMS-000 comment SIMS-250");
            assertThat(status(peers, ticket)).containsEntry("Urges", "1");
            peers.send("SIMS-250", "SIMS-000", COMMENT, note("CommentReq", ticket));
            awaitInStory(
                    peers,
                    ticket,
                    "SIMS-250 comment SIMS-000",
                    "SIMS-000 comment CSVC-000",
                    "CSVC-000 comment CRM-250");
        }
    }

    @Test
    void aSystemThatFailsForgetsTheMessage() throws Exception {
        String ticket = ticket();
        String document;
        try (PeersUnderTest peers = peers(QUICK, "failures=1")) {
            document = peers.document("SIMS-000", "SIMS-250", DISPATCH, dispatch(ticket, "0301", "000"));
            assertThat(peers.call("SIMS-250", document, 10).code()).isEqualTo("0113");
        }
        try (PeersUnderTest peers = peers(QUICK)) {
            assertThat(peers.call("SIMS-250", document, 10).code()).isEqualTo("0000");
            awaitStory(peers, ticket, "SIMS-250 reply SIMS-000");
        }
    }

    @Test
    void aSystemThatTimesOutHasTakenTheMessageAllTheSame() throws Exception {
        try (PeersUnderTest peers = peers(QUICK, "timeouts=1")) {
            String ticket = ticket();
            String document = peers.document("SIMS-000", "SIMS-250", DISPATCH, dispatch(ticket, "0301", "000"));
            assertThatThrownBy(() -> peers.call("SIMS-250", document, 2)).isInstanceOf(HttpTimeoutException.class);
            assertThat(peers.call("SIMS-250", document, 10).code()).isEqualTo("0000");
            awaitStory(peers, ticket, "SIMS-250 reply SIMS-000");
        }
    }

    @Test
    void aLateAnswerComesInTheEnd() throws Exception {
        try (PeersUnderTest peers = peers(QUICK, "timeouts=1")) {
            String document = peers.document("CRM-250", "NETW-250", DISPATCH, dispatch(ticket(), "0501", "000"));
            Instant asked = Instant.now();
            assertThat(peers.call("NETW-250", document, 25).code()).isEqualTo("0000");
            assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aReturnGoesUpAndTheCorrectedDispatchComesDownAgain() throws Exception {
        try (PeersUnderTest peers = peers(QUICK, "returns=1")) {
            String ticket = ticket();
            peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0304", "000"));
            awaitInStory(
                    peers, ticket, "SIMS-250 return SIMS-000", "SIMS-000 return CSVC-000", "CSVC-000 return CRM-250");
            peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0304", "000"));
            awaitInStory(
                    peers,
                    ticket,
                    "CSVC-000 return CRM-250",
                    "CRM-250 dispatch CSVC-000",
                    "CSVC-000 dispatch SIMS-000",
                    "SIMS-000 dispatch SIMS-250");
        }
    }

    @Test
    void aCorrectedDispatchOfAnotherServiceTypeClosesTheFormerLeg() throws Exception {
        try (PeersUnderTest peers = peers(QUICK, "returns=1")) {
            String ticket = ticket();
            peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0301", "000"));
            awaitInStory(peers, ticket, "CSVC-000 return CRM-250");
            peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0452", "000"));
            awaitInStory(peers, ticket, "CSVC-000 archive SIMS-000", "SIMS-000 archive SIMS-250");
            awaitInStory(peers, ticket, "CSVC-000 dispatch MGAM-000", "MGAM-000 return CSVC-000");
        }
    }

    @Test
    void aDispatchThatTheHubReturnsOrRefusesGoesBackToItsSender() throws Exception {
        try (PeersUnderTest peers = peers(QUICK, "not-simulated=SIMS-000")) {
            String byHub = ticket();
            peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(byHub, "0301", "000"));
            awaitInStory(peers, byHub, "CSVC-000 dispatch SIMS-000");
            Body back = PeerBodies.returned(Party.HUB, byHub, "[2905]", Instant.now());
            peers.call("CSVC-000", peers.document("HUB-000", "CSVC-000", RETURN, back), 10);
            awaitInStory(peers, byHub, "CSVC-000 return CRM-250");

            String refused = ticket();
            peers.hub().answerNextWith("0104");
            peers.call(
                    "CSVC-000", peers.document("CRM-250", "CSVC-000", DISPATCH, dispatch(refused, "0301", "000")), 10);
            awaitStory(peers, refused, "CSVC-000 return CRM-250");
        }
    }

    @Test
    void aRestartLosesNoPlannedReplyAndNoTicket() throws Exception {
        String ticket = ticket();
        try (PeersUnderTest peers = peers("reply-after=5s")) {
            peers.send("CRM-250", "CSVC-000", DISPATCH, dispatch(ticket, "0301", "000"));
            // It knows the ticket once it has taken the dispatch.
            await().atMost(SOON).until(() -> peers.call(
                            "SIMS-250", peers.document("SIMS-000", "SIMS-250", URGE, note("UrgeReq", ticket)), 10)
                    .code()
                    .equals("0000"));
            assertThat(peers.hub().story(ticket)).doesNotContain("SIMS-250 reply SIMS-000");
        }
        try (PeersUnderTest peers = peers(QUICK)) {
            awaitStory(peers, ticket, "SIMS-250 reply SIMS-000", "SIMS-000 reply CSVC-000", "CSVC-000 reply CRM-250");
        }
        try (PeersUnderTest peers = peers(QUICK)) {
            Body archive = PeerBodies.archive(Party.of("CRM-250"), ticket, "客户满意", Instant.now());
            peers.send("CRM-250", "CSVC-000", ARCHIVE, archive);
            awaitStory(
                    peers,
                    ticket,
                    "CRM-250 archive CSVC-000",
                    "CSVC-000 archive SIMS-000",
                    "SIMS-000 archive SIMS-250");
        }
    }

    @Test
    void whatAKilledHubWasSendingIsSentByTheNextAtOnce() throws Exception {
        String ticket = ticket();
        try (PeersUnderTest peers = peers("reply-after=1h")) {
            String document = peers.document("SIMS-000", "SIMS-250", DISPATCH, dispatch(ticket, "0301", "000"));
            peers.call("SIMS-250", document, 10);
            peers.pretendToBeSending();
        }
        try (PeersUnderTest peers = peers(QUICK)) {
            awaitStory(peers, ticket, "SIMS-250 reply SIMS-000");
        }
    }

    @Test
    void onlyTheSimulatedPartiesAnswerAndOnlyToDocuments() throws Exception {
        try (PeersUnderTest peers = peers("not-simulated=CRM-250")) {
            assertThat(peers.callRaw("CRM-250", "").statusCode()).isEqualTo(404);
            assertThat(peers.callRaw("ABCD-999", "").statusCode()).isEqualTo(404);
            assertThat(peers.callRaw("nobody", "").statusCode()).isEqualTo(404);
            for (String broken : List.of(
                    "",
                    "<a",
                    "<a/>",
                    "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
                    SoapEnvelope.wrap(""),
                    SoapEnvelope.clientFault())) {
                var answer = peers.callRaw("CSVC-000", broken);
                assertThat(answer.statusCode()).as(broken).isEqualTo(400);
                assertThat(answer.body()).contains("soap:Client");
            }
            Body untitled = new Body(
                    "DispatchReq",
                    dispatch(ticket(), "0301", "000").xml().replaceFirst("<Title>[^<]*", "<Title>"),
                    Map.of());
            PeersUnderTest.Reply refused =
                    peers.call("CSVC-000", peers.document("CRM-100", "CSVC-000", DISPATCH, untitled), 10);
            assertThat(refused.code()).isEqualTo("4003");
            assertThat(refused.text()).contains("Title");
            Map<String, String> notice = new LinkedHashMap<>();
            notice.put("Kind", "SLA_WARNING");
            notice.put("Title", "即将超时");
            notice.put("Content", "工单即将超时");
            String told = peers.document("HUB-000", "BOSS-250", NOTICE, BodyText.of("NoticeReq", notice));
            assertThat(peers.call("BOSS-250", told, 10).code()).isEqualTo("0000");
        }
    }
}
