package org.relayhub.standalone.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.relayhub.message.Activity.BUSINESS_HANDLE;
import static org.relayhub.message.Activity.BUSINESS_QUERY;
import static org.relayhub.message.Activity.BUSINESS_QUERY_PAGE;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.standalone.EmbeddedDatabase;
import org.relayhub.standalone.TestDatabases;
import org.springframework.core.io.ClassPathResource;

/** The own-business platforms: 27 queries and 5 handlings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SimulatedPlatformsTest {

    private static final String NUMBER = "10025012347";
    private static final String WITHOUT_HISTORY = "10025012300";
    private static final LocalDate TODAY = LocalDate.ofInstant(Instant.now(), Serial.CHINA);
    private static final String YEAR = TODAY.minusDays(365) + "|" + TODAY;

    private final EmbeddedDatabase database;
    private final PeersUnderTest peers;

    SimulatedPlatformsTest(@TempDir Path folder) throws IOException {
        database = TestDatabases.start(folder);
        peers = new PeersUnderTest(database);
    }

    @AfterAll
    void stop() throws IOException {
        peers.close();
        database.close();
    }

    /** One operation of {@code own-business.csv}. */
    record Operation(String service, String domain, String operation, String conditions, boolean query) {

        String platform() {
            return domain + "-000";
        }

        boolean isHistory() {
            return conditions.contains("from");
        }

        boolean isBlacklist() {
            return query && List.of("8201001", "8301002", "7201001", "8501001").contains(service + operation);
        }

        String about(String subject) {
            return subject
                    + switch (conditions) {
                        case "msisdn|from|to" -> "|" + YEAR;
                        case "msisdn|action" -> "|1";
                        case "msisdn|order" -> "|PO0000000001";
                        default -> "";
                    };
        }
    }

    static Stream<Operation> operations() {
        return CodeTable.read(new ClassPathResource("schemas/"), "own-business").rows().stream()
                .map(row -> new Operation(
                        row.get("service_type_id"),
                        row.get("domain"),
                        row.get("operate_type_id"),
                        row.get("conditions"),
                        row.get("kind").equals("query")));
    }

    static Stream<Operation> queries() {
        return operations().filter(operation -> operation.query() && !operation.isBlacklist());
    }

    static Stream<Operation> histories() {
        return queries().filter(Operation::isHistory);
    }

    private static Body asked(Activity activity, String service, String operation, String conditions, String more) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("CallerNo", NUMBER);
        values.put("ServiceTypeId", service);
        values.put("OperateTypeId", operation);
        values.put("OperateConditions", conditions);
        if (activity != BUSINESS_HANDLE) {
            values.put("QueryPageNum", more);
        }
        values.put("OriginTime", Serial.time(Instant.now()));
        values.put("AcceptStaff", "测试员01");
        values.put("ContactChannel", "01");
        if (activity == BUSINESS_HANDLE && !more.isEmpty()) {
            values.put("IndictSeq", more);
        }
        return BodyText.of(activity == BUSINESS_HANDLE ? "BusinessHandleReq" : "BusinessQueryReq", values);
    }

    private PeersUnderTest.Reply query(String peer, String service, String operation, String conditions, int page)
            throws Exception {
        Activity activity = page == 1 ? BUSINESS_QUERY : BUSINESS_QUERY_PAGE;
        return peers.call(
                peer,
                peers.document(
                        "CSVC-000",
                        peer,
                        activity,
                        asked(activity, service, operation, conditions, Integer.toString(page))),
                10);
    }

    private Body page(Operation operation, String conditions, int page) throws Exception {
        return told(query(operation.platform(), operation.service(), operation.operation(), conditions, page));
    }

    private static Body told(PeersUnderTest.Reply reply) {
        assertThat(reply.code()).as(reply.text()).isEqualTo("0000");
        assertThat(reply.document().headerFault()).isNull();
        assertThat(reply.document().bodyFault()).isNull();
        Body body = reply.document().requireBody();
        assertThat(body.get("OperRtnStaId")).isEqualTo("00");
        return body;
    }

    /** Every row, page by page; each page has the right shape. */
    private List<String> rows(Operation operation, String conditions) throws Exception {
        List<String> rows = new ArrayList<>();
        int total;
        int page = 1;
        do {
            Body body = page(operation, conditions, page);
            total = Integer.parseInt(body.get("RsltTotalCnt"));
            List<String> some = body.all("QryRslt");
            assertThat(body.get("RsltPageCurrCnt")).isEqualTo(Integer.toString(some.size()));
            assertThat(some).hasSize(Math.min(10, total - rows.size()));
            int columns = body.get("RsltColumns").split("\\|", -1).length;
            assertThat(columns).isGreaterThan(3);
            assertThat(some).allSatisfy(row -> assertThat(row.split("\\|", -1))
                    .hasSize(columns)
                    .allSatisfy(value -> assertThat(value).isNotBlank()));
            rows.addAll(some);
            page++;
        } while (rows.size() < total);
        Body beyond = page(operation, conditions, page);
        assertThat(beyond.get("RsltTotalCnt")).isEqualTo(Integer.toString(total));
        assertThat(beyond.get("RsltPageCurrCnt")).isEqualTo("0");
        assertThat(beyond.all("QryRslt")).isEmpty();
        return rows;
    }

    private PeersUnderTest.Reply handle(String peer, String service, String operation, String conditions)
            throws Exception {
        return peers.call(peer, handling(peers, peer, service, operation, conditions), 10);
    }

    private static String handling(
            PeersUnderTest peers, String peer, String service, String operation, String conditions) {
        return peers.document(
                "CSVC-000",
                peer,
                BUSINESS_HANDLE,
                asked(BUSINESS_HANDLE, service, operation, conditions, "20261122CSVC2500000001"));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyQueryIsAnsweredPageByPageAndAlikeWhenAskedAgain(Operation operation) throws Exception {
        List<String> rows = rows(operation, operation.about(NUMBER));
        assertThat(rows).hasSizeBetween(1, 35).isEqualTo(rows(operation, operation.about(NUMBER)));
        assertThat(rows(operation, operation.about(WITHOUT_HISTORY))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("histories")
    void aHistoryLiesWithinTheDaysThatAreAskedForNewestFirst(Operation operation) throws Exception {
        LocalDate from = TODAY.minusDays(130);
        LocalDate to = TODAY.minusDays(40);
        List<String> year = rows(operation, operation.about(NUMBER));
        assertThat(year).hasSizeGreaterThan(20).doesNotHaveDuplicates().isSortedAccordingTo(Comparator.reverseOrder());
        List<String> some = rows(operation, NUMBER + "|" + from + "|" + to);
        assertThat(some).isNotEmpty().allSatisfy(row -> assertThat(LocalDate.parse(row.substring(0, 10)))
                .isBetween(from, to));
        assertThat(some)
                .isEqualTo(year.stream()
                        .filter(row -> !LocalDate.parse(row.substring(0, 10)).isBefore(from)
                                && !LocalDate.parse(row.substring(0, 10)).isAfter(to))
                        .toList());
        assertThat(rows(operation, NUMBER + "|" + TODAY.plusDays(1) + "|" + TODAY.plusDays(300)))
                .isEmpty();
    }

    @Test
    void thereAre27QueriesAnd5Handlings() {
        assertThat(operations().filter(Operation::query)).hasSize(27);
        assertThat(queries()).hasSize(23);
        assertThat(operations().filter(operation -> !operation.query())).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({
        "MVID-000, 82, 01001, 02001, |1, 02001, |0",
        "MGAM-000, 83, 01002, 02001, '', 02002, ''",
        "MRED-000, 85, 01001, 02001, |1, 02001, |0"
    })
    void aBlacklistHasWhoWasPutOnItUntilTakenOff(
            String platform, String service, String list, String put, String on, String take, String off)
            throws Exception {
        String number = "10025077700";
        assertThat(blacklisted(platform, service, list, number)).isEmpty();
        assertDone(handle(platform, service, put, number + on), "已加入黑名单");
        List<String> listed = blacklisted(platform, service, list, number);
        assertThat(listed).singleElement().asString().startsWith(number + "|").contains("测试员01");
        assertDone(handle(platform, service, put, number + on), "未作变更");
        assertThat(blacklisted(platform, service, list, number)).isEqualTo(listed);
        assertThat(blacklisted("CSVC-000", service, list, number)).isEqualTo(listed);
        assertThat(blacklisted(platform, service, list, NUMBER)).isEmpty();
        try (var next = new PeersUnderTest(database)) {
            String again = handling(next, platform, service, take, number + off);
            assertDone(next.call(platform, again, 10), "已移出黑名单");
        }
        assertThat(blacklisted(platform, service, list, number)).isEmpty();
        assertDone(handle("CSVC-000", service, take, number + off), "未作变更");
    }

    private List<String> blacklisted(String platform, String service, String list, String number) throws Exception {
        return told(query(platform, service, list, number, 1)).all("QryRslt");
    }

    private static void assertDone(PeersUnderTest.Reply reply, String description) {
        assertThat(told(reply).get("OperRtnDesc")).contains(description);
    }

    @Test
    void theMusicPlatformLogsEveryChangeOfItsBlacklist() throws Exception {
        Operation log = new Operation("72", "MUSI", "01001", "msisdn|from|to", true);
        String number = "10025077788";
        assertThat(rows(log, log.about(number))).isEmpty();
        for (int round = 0; round < 6; round++) {
            assertDone(handle("MUSI-000", "72", "02001", number + "|1"), "已加入黑名单");
            assertDone(handle("MUSI-000", "72", "02001", number + "|1"), "未作变更");
            assertDone(handle("MUSI-000", "72", "02001", number + "|0"), "已移出黑名单");
        }
        List<String> rows = rows(log, log.about(number));
        assertThat(rows).hasSize(12);
        assertThat(rows.get(0)).contains("激活");
        assertThat(rows.get(11)).contains("屏蔽");
        assertThat(rows(log, number + "|" + TODAY.minusDays(9) + "|" + TODAY.minusDays(2)))
                .isEmpty();
        try (var next = new PeersUnderTest(database)) {
            assertDone(next.call("MUSI-000", handling(next, "MUSI-000", "72", "02001", number + "|0"), 10), "未作变更");
        }
    }

    @Test
    void aHandlingIsDoneOnceHoweverOftenItComes() throws Exception {
        String number = "10025066601";
        String block = handling(peers, "MVID-000", "82", "02001", number + "|1");
        PeersUnderTest.Reply first = peers.call("MVID-000", block, 10);
        assertDone(first, "已加入黑名单");
        assertDone(handle("MVID-000", "82", "02001", number + "|0"), "已移出黑名单");
        assertThat(peers.call("MVID-000", block, 10).text()).isEqualTo(first.text());
        assertThat(blacklisted("MVID-000", "82", "01001", number)).isEmpty();
    }

    @Test
    void aHandlingThatTimesOutIsDoneAndOneThatFailsIsNot() throws Exception {
        String number = "10025066602";
        try (var late = new PeersUnderTest(database, "timeouts=1")) {
            String block = handling(late, "MVID-000", "82", "02001", number + "|1");
            assertThatThrownBy(() -> late.call("MVID-000", block, 2)).isInstanceOf(HttpTimeoutException.class);
        }
        assertThat(blacklisted("MVID-000", "82", "01001", number)).hasSize(1);
        try (var failing = new PeersUnderTest(database, "failures=1")) {
            String take = handling(failing, "MVID-000", "82", "02001", number + "|0");
            assertThat(failing.call("MVID-000", take, 10).code()).isEqualTo("0113");
        }
        assertThat(blacklisted("MVID-000", "82", "01001", number)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "MVID-000, 82, 02001, 10025012347|2, 4002, action",
        "MVID-000, 82, 02001, 10025012347, 4005, OperateConditions",
        "MVID-000, 82, 02001, 1002501234|1, 4005, msisdn",
        "MVID-000, 82, 01001, 10025012347, 2906, OperateTypeId",
        "MVID-000, 82, 02009, 10025012347, 2906, OperateTypeId",
        "MVID-000, 83, 02001, 10025012347, 2906, ServiceTypeId",
        "CSVC-000, 99, 02001, 10025012347, 2906, OperateTypeId"
    })
    void aWrongHandlingIsRefusedAndChangesNothing(
            String platform, String service, String operation, String conditions, String code, String named)
            throws Exception {
        PeersUnderTest.Reply refused = handle(platform, service, operation, conditions);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.text()).contains(named);
        assertThat(blacklisted("MVID-000", "82", "01001", NUMBER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "01002, 10025012347|2026-02-30|2026-03-01, 4005, from",
        "01002, 10025012347|2026-03-02|2026-03-01, 4006, to",
        "01002, 10025012347|2025-03-01|2026-03-02, 4007, 365",
        "02001, 10025012347|1, 2906, OperateTypeId"
    })
    void aWrongQueryIsRefused(String operation, String conditions, String code, String named) throws Exception {
        PeersUnderTest.Reply refused = query("MVID-000", "82", operation, conditions, 1);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.text()).contains(named);
    }

    @Test
    void aPageFarBeyondTheLastIsEmpty() throws Exception {
        for (String far : List.of("1000000", "999999999", "0099")) {
            String document = peers.document(
                    "CSVC-000",
                    "MVID-000",
                    BUSINESS_QUERY_PAGE,
                    asked(BUSINESS_QUERY_PAGE, "82", "01002", NUMBER + "|" + YEAR, far));
            assertThat(told(peers.call("MVID-000", document, 10)).all("QryRslt"))
                    .isEmpty();
        }
    }
}
