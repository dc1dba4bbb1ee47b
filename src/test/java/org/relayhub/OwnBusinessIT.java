package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.OwnBusinessCatalogue.Kind;
import org.relayhub.message.codes.OwnBusinessCatalogue.Operation;

/** Every operation of the own-business platforms, from a CRM through the hub to a simulated platform and back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnBusinessIT {

    private static final Party CRM = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String FROM = "2025-11-22";
    private static final String TO = "2026-11-22";
    private static final Pattern ROW = Pattern.compile("<QryRslt>([^<]*)</QryRslt>");

    private static final List<Operation> OPERATIONS = new OwnBusinessCatalogue(
                    CodeTable.read(Messages.SCHEMAS, "own-business"))
            .now()
            .rows();

    private final HubProcess hub;
    private final SoapCaller caller;

    OwnBusinessIT(@TempDir Path folder) throws IOException {
        hub = new HubProcess(folder, List.of("--hub.standalone.simulation.sample-every=0s"));
        caller = new SoapCaller(hub.port());
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    static Stream<Operation> operations() {
        return OPERATIONS.stream();
    }

    static Stream<Operation> histories() {
        return OPERATIONS.stream()
                .filter(operation -> operation.kind() == Kind.QUERY
                        && operation.conditions().contains("from")
                        // A log of what was blocked here, which is nothing yet.
                        && !operation.operationZh().contains("黑名单"));
    }

    private static String conditions(Operation operation, String number) {
        return String.join(
                "|",
                operation.conditions().stream()
                        .map(condition -> switch (condition) {
                            case "msisdn" -> number;
                            case "from" -> FROM;
                            case "to" -> TO;
                            case "action" -> "1";
                            default -> "示例";
                        })
                        .toList());
    }

    private static AddressedMessage message(Party from, Party to, Operation operation, String conditions, int page) {
        boolean asks = operation.kind() == Kind.QUERY;
        Activity query = page == 1 ? Activity.BUSINESS_QUERY : Activity.BUSINESS_QUERY_PAGE;
        return Messages.service(
                asks ? query : Activity.BUSINESS_HANDLE,
                from,
                to,
                operation.serviceTypeId(),
                operation.operateTypeId(),
                conditions,
                asks ? String.valueOf(page) : null);
    }

    private SoapCaller.Reply call(Operation operation, String conditions, int page) throws Exception {
        return caller.send(
                "crm-100", message(CRM, CSVC, operation, conditions, page).canonical());
    }

    private static List<String> rows(SoapCaller.Reply reply) {
        List<String> rows = new ArrayList<>();
        Matcher found = ROW.matcher(reply.body());
        while (found.find()) {
            rows.add(found.group(1));
        }
        return rows;
    }

    @Test
    void there_are_thirty_two_of_them() {
        assertThat(OPERATIONS).hasSize(32);
        assertThat(OPERATIONS.stream().filter(operation -> operation.kind() == Kind.HANDLE))
                .hasSize(5);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void each_is_answered_by_its_platform(Operation operation) throws Exception {
        SoapCaller.Reply reply = call(operation, conditions(operation, "10010000042"), 1);

        assertThat(reply.code()).as(reply.body()).isEqualTo("0000");
        assertThat(reply.value("OperRtnStaId")).isEqualTo("00");
        assertThat(reply.transIdh()).startsWith(operation.domain() + "000");
        if (operation.kind() == Kind.QUERY) {
            int columns = reply.value("RsltColumns").split("\\|", -1).length;
            assertThat(rows(reply))
                    .hasSize(Integer.parseInt(reply.value("RsltPageCurrCnt")))
                    .allSatisfy(row -> assertThat(row.split("\\|", -1)).hasSize(columns));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void each_refuses_wrong_conditions_with_a_code_that_names_them(Operation operation) throws Exception {
        String right = conditions(operation, "10010000042");
        SoapCaller.Reply tooMany = call(operation, right + "|1", 1);
        SoapCaller.Reply empty =
                call(operation, right.substring(0, right.lastIndexOf('|') + 1) + (right.contains("|") ? "" : "|"), 1);

        assertThat(tooMany.code()).isEqualTo("4005");
        assertThat(tooMany.value("RspDesc")).startsWith("OperateConditions: has ");
        assertThat(empty.code()).isIn("4003", "4005");
        assertThat(empty.value("RspDesc")).startsWith("OperateConditions: ");
        if (operation.conditions().contains("from")) {
            assertThat(call(operation, right.replace(FROM, "2025-11-21"), 1).code())
                    .isEqualTo("4007");
            assertThat(call(operation, right.replace(FROM, "2026-11-23"), 1).code())
                    .isEqualTo("4006");
            assertThat(call(operation, right.replace(FROM, "2025-02-29"), 1).code())
                    .isEqualTo("4005");
        }
        if (operation.conditions().contains("msisdn")) {
            assertThat(call(operation, right.replace("10010000042", "1001000004x"), 1)
                            .code())
                    .isEqualTo("4001");
        }
        if (operation.conditions().contains("action")) {
            assertThat(call(operation, right.replace("|1", "|2"), 1).code()).isEqualTo("4002");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("histories")
    void the_pages_of_a_history_fit_together_and_end(Operation operation) throws Exception {
        String conditions = conditions(operation, "10010000042");
        SoapCaller.Reply first = call(operation, conditions, 1);
        int total = Integer.parseInt(first.value("RsltTotalCnt"));
        assertThat(total).isGreaterThan(10);
        List<String> all = new ArrayList<>(rows(first));
        int last = (total + 9) / 10;
        for (int page = 2; page <= last; page++) {
            SoapCaller.Reply further = call(operation, conditions, page);
            assertThat(further.value("RsltTotalCnt")).isEqualTo(String.valueOf(total));
            all.addAll(rows(further));
        }

        assertThat(all).hasSize(total);
        assertThat(rows(call(operation, conditions, last + 1)))
                .as("beyond the last")
                .isEmpty();
        SoapCaller.Reply nothing = call(operation, conditions(operation, "10010000000"), 1);
        assertThat(nothing.code()).isEqualTo("0000");
        assertThat(nothing.value("RsltTotalCnt")).isEqualTo("0");
        assertThat(rows(nothing)).isEmpty();
    }

    @Test
    void a_number_that_is_blocked_is_on_the_blacklist_until_it_is_activated() throws Exception {
        Operation blacklist = operation("82", "01001");
        Operation handle = operation("82", "02001");
        assertThat(rows(call(blacklist, "10010000077", 1))).isEmpty();

        assertThat(call(handle, "10010000077|1", 1).code()).isEqualTo("0000");
        assertThat(rows(call(blacklist, "10010000077", 1))).hasSize(1);
        assertThat(call(handle, "10010000077|0", 1).code()).isEqualTo("0000");
        assertThat(rows(call(blacklist, "10010000077", 1))).isEmpty();
    }

    private static Operation operation(String service, String operation) {
        return OPERATIONS.stream()
                .filter(one -> one.code().equals(service + "/" + operation))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"82,01003", "84,01002", "83,02001"})
    void a_jms_party_gets_the_same_over_its_queues(String service, String number) throws Exception {
        Operation operation = operation(service, number);
        Party crm = Party.of("CRM-250");
        String conditions = conditions(operation, "10025000042");
        try (var jms = new JmsCaller(JmsCaller.Protocol.CORE, hub.brokerPort(), "crm-250")) {
            SoapCaller.Reply reply = jms.request(
                    "hub.in.CRM-250",
                    message(crm, CSVC, operation, conditions, 1).canonical());
            SoapCaller.Reply wrong = jms.request(
                    "hub.in.CRM-250",
                    message(crm, CSVC, operation, conditions + "|1", 1).canonical());

            assertThat(reply.code()).as(reply.body()).isEqualTo("0000");
            assertThat(wrong.code()).isEqualTo("4005");
            if (operation.kind() == Kind.QUERY) {
                SoapCaller.Reply second = jms.request(
                        "hub.in.CRM-250",
                        message(crm, CSVC, operation, conditions, 2).canonical());
                assertThat(rows(reply)).hasSize(10);
                assertThat(rows(second)).isNotEmpty().doesNotContainAnyElementsOf(rows(reply));
            }
        }
    }

    @Test
    void what_the_catalogue_lacks_is_refused() throws Exception {
        Operation query = operation("82", "01001");
        Operation handle = operation("82", "02001");

        SoapCaller.Reply service = caller.send(
                "crm-100",
                Messages.service(Activity.BUSINESS_QUERY, CRM, CSVC, "99", "01001", "10010000042", "1")
                        .canonical());
        SoapCaller.Reply operation = caller.send(
                "crm-100",
                Messages.service(Activity.BUSINESS_QUERY, CRM, CSVC, "82", "01009", "10010000042", "1")
                        .canonical());
        SoapCaller.Reply queryAsHandling = caller.send(
                "crm-100",
                Messages.service(Activity.BUSINESS_HANDLE, CRM, CSVC, "82", query.operateTypeId(), "10010000042", null)
                        .canonical());
        SoapCaller.Reply handlingAsQuery = caller.send(
                "crm-100",
                Messages.service(Activity.BUSINESS_QUERY, CRM, CSVC, "82", handle.operateTypeId(), "10010000042|1", "1")
                        .canonical());

        assertThat(service.code()).isEqualTo("2906");
        assertThat(service.value("RspDesc")).startsWith("ServiceTypeId: ");
        assertThat(operation.code()).isEqualTo("2906");
        assertThat(operation.value("RspDesc")).startsWith("OperateTypeId: ");
        assertThat(queryAsHandling.code()).isEqualTo("2906");
        assertThat(handlingAsQuery.code()).isEqualTo("2906");
    }

    @Test
    void csvc_addresses_a_platform_itself_and_only_with_its_own_services() throws Exception {
        Operation operation = operation("82", "01003");
        Party video = Party.of("MVID-000");
        Party games = Party.of("MGAM-000");
        String conditions = conditions(operation, "10010000042");

        SoapCaller.Reply own = caller.send(
                "csvc-000", message(CSVC, video, operation, conditions, 1).canonical());
        SoapCaller.Reply other = caller.send(
                "csvc-000", message(CSVC, games, operation, conditions, 1).canonical());
        SoapCaller.Reply crm = caller.send(
                "crm-100", message(CRM, video, operation, conditions, 1).canonical());

        assertThat(own.code()).isEqualTo("0000");
        assertThat(rows(own)).hasSize(10);
        assertThat(other.code()).isEqualTo("2906");
        assertThat(crm.code()).isEqualTo("0104");
    }
}
