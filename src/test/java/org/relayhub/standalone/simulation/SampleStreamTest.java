package org.relayhub.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.TestDatabases;
import org.relayhub.standalone.simulation.peer.Incoming;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleStreamTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final List<String> CALM = List.of(
            "reply-after=20ms", "sample-every=300ms", "sample-returns=0", "sample-failures=0", "sample-timeouts=0");

    private @Nullable EmbeddedDatabase database;

    @BeforeAll
    void startDatabase(@TempDir Path folder) throws IOException {
        database = TestDatabases.start(folder);
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
        return new PeersUnderTest(
                database, Stream.concat(CALM.stream(), Stream.of(settings)).toArray(String[]::new));
    }

    /** The tickets that began in this run, the first dispatch of each. */
    private static List<StubHub.Seen> begun(PeersUnderTest peers) {
        return peers.hub().accepted().stream()
                .filter(seen -> seen.way().startsWith("CRM") && seen.way().contains(" dispatch "))
                .filter(seen -> peers.hub().story(seen.indictSeq()).get(0).equals(seen.way()))
                .toList();
    }

    /** What the CRM did about a ticket, in order. */
    private static List<String> fromCrm(PeersUnderTest peers, String ticket) {
        return peers.hub().story(ticket).stream()
                .filter(way -> way.startsWith("CRM"))
                .map(way -> way.split(" ")[1])
                .toList();
    }

    private static String awaitArchivedByCrm(PeersUnderTest peers) {
        return await().atMost(SOON)
                .until(
                        () -> begun(peers).stream()
                                .map(StubHub.Seen::indictSeq)
                                .filter(ticket -> fromCrm(peers, ticket).contains("archive"))
                                .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    private long lastNumber() {
        if (database == null) {
            throw new IllegalStateException("the database is not there");
        }
        return JdbcClient.create(new DriverManagerDataSource(database.jdbcUrl(), database.user(), null))
                .sql("select last_value + is_called::int from simulation.sample_ticket")
                .query(Long.class)
                .single();
    }

    private static long count(List<String> story, String activity) {
        return story.stream().filter(way -> way.contains(activity)).count();
    }

    @Test
    void everyTicketIsMarkedHasItsOwnNumberAndEndsWithEveryLegArchived() {
        List<String> before;
        try (PeersUnderTest peers = peers("sample-reprocesses=0")) {
            await().atMost(SOON).until(() -> begun(peers).size() >= 5);
            before = begun(peers).stream().map(StubHub.Seen::indictSeq).toList();
            assertThat(before).doesNotHaveDuplicates().allMatch(Incoming::isSample);
            await().atMost(SOON).untilAsserted(() -> {
                List<String> story = peers.hub().story(before.get(0));
                assertThat(count(story, " archive ")).isPositive().isEqualTo(count(story, " dispatch "));
                assertThat(count(story, " reply ")).isEqualTo(count(story, " dispatch "));
            });
        }
        try (PeersUnderTest peers = peers("sample-reprocesses=0")) {
            await().atMost(SOON).until(() -> begun(peers).size() >= 3);
            assertThat(begun(peers).stream().map(StubHub.Seen::indictSeq)).doesNotContainAnyElementsOf(before);
        }
    }

    @Test
    void aCustomerWhoIsNotSatisfiedHasItReprocessedOnceBeforeTheArchive() {
        try (PeersUnderTest peers = peers("sample-reprocesses=1")) {
            assertThat(fromCrm(peers, awaitArchivedByCrm(peers))).containsExactly("dispatch", "reprocess", "archive");
        }
    }

    @Test
    void aReturnedTicketIsCorrectedOnceAndThenGivenUp() {
        try (PeersUnderTest peers = peers("sample-returns=1")) {
            String ticket = awaitArchivedByCrm(peers);
            assertThat(fromCrm(peers, ticket)).containsExactly("dispatch", "dispatch", "archive");
            assertThat(peers.hub().accepted().stream()
                            .filter(seen -> seen.indictSeq().equals(ticket)
                                    && seen.way().startsWith("CRM")
                                    && seen.way().contains(" dispatch "))
                            .map(seen ->
                                    seen.document().requireBody().get("Title").contains("已补充")))
                    .containsExactly(false, true);
        }
    }

    @Test
    void whereTheStreamIsOffNobodyComplains() {
        try (PeersUnderTest peers = peers("sample-every=0s")) {
            long before = lastNumber();
            // What an earlier run has planned may still be sent; a new complaint takes a new number.
            await().during(Duration.ofSeconds(2)).atMost(SOON).until(() -> lastNumber() == before);
            assertThat(peers.hub().accepted().stream().map(StubHub.Seen::indictSeq))
                    .allMatch(Incoming::isSample);
        }
    }

    @Test
    void everyComplaintIsADocumentThatTheSchemaAccepts() {
        var schemas = new ClassPathResource("schemas/");
        var reader = new DocumentReader(new DocumentSchema(schemas), Clock.systemUTC());
        ActivityCodes.Row row = new ActivityCodes(CodeTable.read(schemas, "activities")).of(Activity.DISPATCH);
        var complaints = new SampleComplaints(List.of(Party.of("SIMS-571"), Party.of("SIMS-100")), new Random(7));
        for (int round = 0; round < 10; round++) {
            for (int index = 0; index < SampleComplaints.count(); index++) {
                Body body = complaints.of(index, Party.of("CRM-571"), "20261122CSVC5719000001", Instant.now());
                Body corrected =
                        new Body(body.element(), body.xml().replace("</Title>", "(已补充)</Title>"), body.values());
                InterBossDocument read =
                        reader.read(new DocumentWriter().write(InterBossDocument.of(header(row), null, corrected)));
                assertThat(read.headerFault()).isNull();
                assertThat(read.bodyFault()).isNull();
                assertThat(read.requireBody().get("MSISDN"))
                        .startsWith("100571")
                        .hasSize(11);
            }
        }
    }

    private static Header header(ActivityCodes.Row row) {
        return new Header(
                "0100",
                "0",
                row.bipCode(),
                row.activityCode(),
                Header.REQUEST,
                "CRM",
                Header.BY_NODE,
                "CSVC",
                "000",
                null,
                "T1",
                "20261122000000",
                null,
                null,
                "5710",
                null,
                null,
                null);
    }
}
