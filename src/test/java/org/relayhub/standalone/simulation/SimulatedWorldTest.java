package org.relayhub.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.relayhub.message.Activity.ALIGN;
import static org.relayhub.message.Activity.LINE_STATE;
import static org.relayhub.message.Activity.SUBSCRIBER;
import static org.relayhub.message.Activity.SUBSCRIPTION;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Response;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.TestDatabases;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What BOSS, the network platforms and the own-business platforms tell the hub of a number. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedWorldTest {

    private static final Map<String, String> SERVICES =
            Map.of("MVID-000", "82", "MGAM-000", "83", "MUSI-000", "72", "MPAY-000", "84", "MRED-000", "85");

    private final EmbeddedDatabase database;
    private final PeersUnderTest peers;

    SimulatedWorldTest(@TempDir Path folder) throws IOException {
        database = TestDatabases.start(folder);
        peers = new PeersUnderTest(database);
    }

    @AfterAll
    void stop() throws IOException {
        peers.close();
        database.close();
    }

    private static PeersUnderTest.Reply ask(PeersUnderTest peers, String peer, Activity activity, String... values)
            throws Exception {
        String element =
                switch (activity) {
                    case SUBSCRIBER -> "SubscriberReq";
                    case SUBSCRIPTION -> "SubscriptionReq";
                    case LINE_STATE -> "LineStateReq";
                    default -> "AlignReq";
                };
        Map<String, String> body = new LinkedHashMap<>();
        for (String value : values) {
            body.put(value.split("=")[0], value.split("=")[1]);
        }
        return peers.call(peer, peers.document("HUB-000", peer, activity, BodyText.of(element, body)), 25);
    }

    private Body told(String peer, Activity activity, String... values) throws Exception {
        return told(ask(peers, peer, activity, values));
    }

    private static Body told(PeersUnderTest.Reply reply) {
        assertThat(reply.code()).isEqualTo("0000");
        assertThat(reply.document().headerFault()).isNull();
        assertThat(reply.document().bodyFault()).isNull();
        return reply.document().requireBody();
    }

    private List<String> subscribed(String peer, String msisdn) throws Exception {
        return told(peer, SUBSCRIPTION, "MSISDN=" + msisdn).all("ServiceTypeId");
    }

    private JdbcClient sql() {
        return JdbcClient.create(new DriverManagerDataSource(database.jdbcUrl(), database.user(), ""));
    }

    /** More exactly than an answer says it. */
    private Instant since(String platform, String msisdn) {
        return sql().sql("select since from simulation.subscription where party = ? and msisdn = ?")
                .params(platform, msisdn)
                .query((row, n) -> row.getTimestamp("since").toInstant())
                .single();
    }

    private long rowsOfReceived() {
        return sql().sql(
                        "select (select count(*) from simulation.received) + (select last_value from simulation.serial)")
                .query(Long.class)
                .single();
    }

    @ParameterizedTest
    @CsvSource({
        "MSISDN=10025012301, ACTIVE, IN_PROGRESS, UP, UP",
        "MSISDN=10025012302, ACTIVE, COMPLETED, DOWN, UP",
        "MSISDN=10025012303, ACTIVE, COMPLETED, UP, UP",
        "MSISDN=10025012304, SUSPENDED, COMPLETED, UP, UP",
        "MSISDN=10025012305, ACTIVE, COMPLETED, UP, DOWN",
        "MSISDN=10025012312, ACTIVE, COMPLETED, DEGRADED, UP",
        "MSISDN=10025012300, ACTIVE, COMPLETED, UP, UP",
        "MSISDN=10025012347, ACTIVE, COMPLETED, UP, UP",
        "LineNo=NJ-0001, ACTIVE, IN_PROGRESS, UP, UP",
        "LineNo=NJ-0002, ACTIVE, COMPLETED, DOWN, UP",
        "LineNo=2, ACTIVE, COMPLETED, UP, UP",
        "LineNo=NJ-B, ACTIVE, COMPLETED, UP, UP"
    })
    void aNumbersLastDigitsSayWhatIsTheMatterWithIt(
            String asked, String state, String installation, String network, String customer) throws Exception {
        Body subscriber = told("BOSS-250", SUBSCRIBER, asked);
        assertThat(subscriber.get("State")).isEqualTo(state);
        assertThat(subscriber.find("StateReason")).isEqualTo(state.equals("ACTIVE") ? null : "欠费停机");
        assertThat(subscriber.get("Installation")).isEqualTo(installation);
        if (installation.equals("IN_PROGRESS")) {
            assertThat(Serial.time(subscriber.get("InstallationDue")))
                    .isAfter(Instant.now())
                    .isBefore(Instant.now().plus(Duration.ofDays(6)));
        } else {
            assertThat(subscriber.find("InstallationDue")).isNull();
        }
        Body line = told("NETW-250", LINE_STATE, asked);
        assertThat(line.get("NetworkSide")).isEqualTo(network);
        assertThat(line.get("CustomerSide")).isEqualTo(customer);
        assertThat(Duration.between(Serial.time(line.get("CheckedTime")), Instant.now()))
                .isBetween(Duration.ofSeconds(-1), Duration.ofSeconds(30));
    }

    @Test
    void aLineIsOfTheProvinceAndHasTheSameStateByItsNumberAndByItself() throws Exception {
        Body byNumber = told("NETW-431", LINE_STATE, "MSISDN=10043100002");
        assertThat(byNumber.get("LineNo")).startsWith("431-").endsWith("02");
        assertThat(byNumber.get("Area")).matches("(长春|吉林)市.+区");
        Body byLine = told("NETW-431", LINE_STATE, "LineNo=" + byNumber.get("LineNo"));
        for (String element : List.of("LineNo", "Area", "NetworkSide", "CustomerSide")) {
            assertThat(byLine.get(element)).as(element).isEqualTo(byNumber.get(element));
        }
    }

    @Test
    void ordinaryNumbersSubscribeDifferentlyAndTheirPlatformsAgreeWithBoss() throws Exception {
        Set<Integer> counts = new HashSet<>();
        for (int number = 20; number < 50; number++) {
            List<String> truth = subscribed("BOSS-250", "100250123" + number);
            counts.add(truth.size());
            assertThat(subscribed("BOSS-250", "100250123" + number)).isEqualTo(truth);
            if (number < 25) {
                for (Map.Entry<String, String> service : SERVICES.entrySet()) {
                    assertThat(subscribed(service.getKey(), "100250123" + number))
                            .isEqualTo(truth.contains(service.getValue()) ? List.of(service.getValue()) : List.of());
                }
            }
        }
        assertThat(counts).hasSizeGreaterThanOrEqualTo(4).allMatch(count -> count <= 5);
        assertThat(subscribed("BOSS-250", "10025012300")).isEmpty();
    }

    @Test
    void bossTellsOfOneServiceWhereItIsAskedForOne() throws Exception {
        assertThat(subscribed("BOSS-250", "10025012303")).containsExactly("82", "83", "72", "84", "85");
        Body one = told("BOSS-250", SUBSCRIPTION, "MSISDN=10025012303", "ServiceTypeId=84");
        assertThat(one.all("ServiceTypeId")).containsExactly("84");
        assertThat(one.get("State")).isEqualTo("ACTIVE");
        assertThat(Serial.time(one.get("Since"))).isBefore(Instant.now());
    }

    @ParameterizedTest
    @ValueSource(strings = {"MVID-000", "MGAM-000", "MUSI-000", "MPAY-000", "MRED-000"})
    void aPlatformThatDisagreesIsBroughtInLineAndRemembersIt(String platform) throws Exception {
        String number = "MSISDN=10025055503";
        String own = "ServiceTypeId=" + SERVICES.get(platform);
        assertThat(told(platform, SUBSCRIPTION, number, own).all("Subscription"))
                .isEmpty();
        assertThat(told(platform, SUBSCRIPTION, number, own).find("State")).isNull();
        assertThat(told(platform, ALIGN, number, own, "State=ACTIVE").get("State"))
                .isEqualTo("ACTIVE");
        Body aligned = told(platform, SUBSCRIPTION, number);
        assertThat(aligned.get("State")).isEqualTo("ACTIVE");
        Instant since = since(platform, "10025055503");
        assertThat(told(platform, ALIGN, number, own, "State=ACTIVE").get("State"))
                .isEqualTo("ACTIVE");
        assertThat(since(platform, "10025055503")).isEqualTo(since);
        try (var next = new PeersUnderTest(database)) {
            assertThat(told(ask(next, platform, SUBSCRIPTION, number)).get("Since"))
                    .isEqualTo(aligned.get("Since"));
        }
        assertThat(told(platform, ALIGN, number, own, "State=SUSPENDED").get("State"))
                .isEqualTo("SUSPENDED");
        assertThat(told(platform, SUBSCRIPTION, number, own).get("State")).isEqualTo("SUSPENDED");
        assertThat(told(platform, ALIGN, number, own, "State=NONE").get("State"))
                .isEqualTo("NONE");
        assertThat(told(platform, SUBSCRIPTION, number).find("State")).isNull();
    }

    @Test
    void aPlatformAnswersForItsOwnServiceOnly() throws Exception {
        for (Activity activity : List.of(SUBSCRIPTION, ALIGN)) {
            String[] values = activity == ALIGN
                    ? new String[] {"MSISDN=10025012345", "ServiceTypeId=83", "State=ACTIVE"}
                    : new String[] {"MSISDN=10025012345", "ServiceTypeId=83"};
            PeersUnderTest.Reply refused = ask(peers, "MVID-000", activity, values);
            assertThat(refused.code()).isEqualTo("2906");
            assertThat(refused.text()).contains("ServiceTypeId");
        }
    }

    @Test
    void whatAPeerIsNotAskedItRefuses() throws Exception {
        assertThat(ask(peers, "MVID-000", SUBSCRIBER, "MSISDN=10025012345").code())
                .isEqualTo("2905");
        assertThat(ask(peers, "NETW-250", SUBSCRIPTION, "MSISDN=10025012345").code())
                .isEqualTo("2905");
        assertThat(ask(peers, "BOSS-250", LINE_STATE, "MSISDN=10025012345").code())
                .isEqualTo("2905");
        String elsewhere = peers.document(
                "HUB-000", "BOSS-250", SUBSCRIBER, BodyText.of("LineStateReq", Map.of("MSISDN", "10025012345")));
        assertThat(peers.call("BOSS-250", elsewhere, 10).code()).isEqualTo("0106");
    }

    @Test
    void aQuestionLeavesNoTraceAndEveryAnswerHasItsOwnSerial() throws Exception {
        String asked = peers.document(
                "HUB-000", "BOSS-250", SUBSCRIBER, BodyText.of("SubscriberReq", Map.of("MSISDN", "10025012345")));
        String platform = peers.document(
                "HUB-000", "MVID-000", SUBSCRIPTION, BodyText.of("SubscriptionReq", Map.of("MSISDN", "10025012345")));
        long before = rowsOfReceived();
        Set<String> serials = new HashSet<>();
        for (int times = 0; times < 5; times++) {
            serials.add(peers.call("BOSS-250", asked, 10).document().header().transIdh());
            serials.add(peers.call("MVID-000", platform, 10).document().header().transIdh());
        }
        assertThat(serials).hasSize(10).allMatch(serial -> serial.length() <= 30);
        assertThat(rowsOfReceived()).isEqualTo(before);
    }

    @Test
    void everyQuestionTakesAsLongAsTheLatencySays() throws Exception {
        try (var slow = new PeersUnderTest(database, "latency=700ms")) {
            for (String peer : List.of("BOSS-250", "MVID-000")) {
                Instant asked = Instant.now();
                told(ask(slow, peer, SUBSCRIPTION, "MSISDN=10025012345"));
                assertThat(Duration.between(asked, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(700));
            }
        }
    }

    @Test
    void aHangingPartyAnswersTooLateAndTheOthersInTime() throws Exception {
        try (var some = new PeersUnderTest(database, "hanging=BOSS-250,MVID-000")) {
            told(ask(some, "BOSS-100", SUBSCRIPTION, "MSISDN=10025012345"));
            String document = some.document(
                    "HUB-000", "BOSS-250", SUBSCRIBER, BodyText.of("SubscriberReq", Map.of("MSISDN", "10025012345")));
            assertThatThrownBy(() -> some.call("BOSS-250", document, 2)).isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void questionsFailAtTheRateOfTheSettings() throws Exception {
        try (var failing = new PeersUnderTest(database, "failures=1")) {
            for (String peer : List.of("BOSS-250", "MVID-000")) {
                PeersUnderTest.Reply failed = ask(failing, peer, SUBSCRIPTION, "MSISDN=10025012345");
                Response response = failed.document().response();
                assertThat(response).isNotNull();
                assertThat(failed.code()).isEqualTo("0113");
            }
        }
    }
}
