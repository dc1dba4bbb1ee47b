package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.codec.ElementCases.code;
import static org.relayhub.message.codec.ElementCases.digits;
import static org.relayhub.message.codec.ElementCases.digitsUpTo;
import static org.relayhub.message.codec.ElementCases.number;
import static org.relayhub.message.codec.ElementCases.party;
import static org.relayhub.message.codec.ElementCases.right;
import static org.relayhub.message.codec.ElementCases.text;
import static org.relayhub.message.codec.ElementCases.ticket;
import static org.relayhub.message.codec.ElementCases.time;
import static org.relayhub.message.codec.ElementCases.word;
import static org.relayhub.message.codec.ElementCases.wrong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.message.Fault;
import org.relayhub.message.InterBossDocument;

/** Every element of every body against the contract's list of bodies, which is written out here by hand. */
class BodyElementsTest {

    private static final List<ElementCases> HANDLING = List.of(
            ticket("IndictSeq"),
            text("HandlingDept", 20),
            text("HandlingStaff", 20),
            text("PhoneNum", 20).asOptional(),
            text("HandlingComment", 2000));

    private static final Map<String, List<ElementCases>> CONTRACT = Map.ofEntries(
            Map.entry(
                    "DispatchReq",
                    List.of(
                            ticket("IndictSeq"),
                            text("ContactId", 27),
                            code("ContactChannel", 2, "01", "37", "00", "31", "99"),
                            time("OriginTime"),
                            text("ContactContent", 2000).asOptional(),
                            text("SRId", 26),
                            digits("MSISDN", 11),
                            text("SubsName", 64),
                            text("SvcCity", 20),
                            code("SubsLevel", 2, "01", "13", "00", "14"),
                            code("SubsBrand", 2, "01", "05", "00", "06"),
                            text("CallerNo", 20),
                            text("CalledNo", 20),
                            serviceType(),
                            code("UrgentId", 2, "01", "03", "00", "04"),
                            code("HomeProv", 3, "100", "991", "000", "999"),
                            code("TProv", 3, "000", "250", "999"),
                            time("AcceptTime").and(right("one second before DeadTime", "2026-11-24 10:14:59")),
                            time("DeadTime")
                                    .and(
                                            right("one second after AcceptTime", "2026-11-22 10:15:01"),
                                            wrong("equal to AcceptTime", "2026-11-22 10:15:00", "4006"),
                                            wrong("before AcceptTime", "2026-11-21 23:59:59", "4006")),
                            text("AcceptStaff", 20),
                            text("Title", 200),
                            text("ServiceContent", 2000),
                            text("Pretreatment", 2000).asOptional(),
                            text("ProcessType", 20),
                            text("ServiceName", 50),
                            digits("SPID", 6).asOptional())),
            Map.entry(
                    "ReplyReq",
                    List.of(
                            ticket("IndictSeq"),
                            digits("Satisfaction", 2).asOptional(),
                            text("IndictRslt", 2000),
                            text("HandlingDept", 20),
                            text("HandlingStaff", 20),
                            text("StaffContactPhone", 20),
                            time("ReplyTime"),
                            code("DutyReason", 6, "010000", "990000", "070000"),
                            text("DutyCauseGrade", 2),
                            text("ProcessScene", 50).asOptional(),
                            time("PlannedSolveTime").asOptional())),
            Map.entry(
                    "ArchiveReq",
                    List.of(
                            ticket("IndictSeq"),
                            text("HandlingDept", 20),
                            text("HandlingStaff", 20),
                            text("HandlingComment", 2000),
                            time("EndTime"),
                            text("StaffContactPhone", 20),
                            digits("DocumentsSatisfaction", 2),
                            digits("Satisfaction", 2).asOptional(),
                            digits("IsEligible", 2).asOptional(),
                            code("DutyReason", 6, "010000", "980000", "000000"),
                            text("DutyCauseGrade", 2))),
            Map.entry("CommentReq", HANDLING),
            Map.entry("UrgeReq", HANDLING),
            Map.entry("ReprocessReq", HANDLING),
            Map.entry(
                    "ReturnReq",
                    List.of(
                            ticket("IndictSeq"),
                            time("RejectTime"),
                            text("HandlingDept", 20),
                            text("HandlingStaff", 20),
                            text("PhoneNum", 20).asOptional(),
                            text("HandlingComment", 2000))),
            Map.entry(
                    "NoticeReq",
                    List.of(
                            word("Kind", "SP_FILE_DUE", "SLA_WARNING", "SLA_BREACH"),
                            text("Title", 200),
                            text("Content", 2000),
                            ticket("IndictSeq").asOptional(),
                            time("DueTime").asOptional())),
            Map.entry("QueryReq", List.of(ticket("IndictSeq"))),
            Map.entry(
                    "QueryRsp",
                    List.of(
                            ticket("IndictSeq"),
                            word("Status", "DISPATCHED", "REPLIED", "RETURNED", "ARCHIVED"),
                            party("CurrentNode"),
                            number("Round", 0),
                            number("Urges", 0),
                            text("HandlingDept", 20).asOptional(),
                            text("HandlingStaff", 20).asOptional(),
                            time("UpdatedTime"),
                            word("Source", "HOME", "HUB"))),
            Map.entry(
                    "BusinessQueryReq",
                    List.of(
                            text("CallerNo", 20),
                            digitsUpTo("ServiceTypeId", 3),
                            digits("OperateTypeId", 5),
                            text("OperateConditions", 500),
                            number("QueryPageNum", 1),
                            time("OriginTime"),
                            text("AcceptStaff", 20),
                            code("ContactChannel", 2, "01", "02", "31"))),
            Map.entry(
                    "BusinessQueryRsp",
                    List.of(
                            digits("OperRtnStaId", 2),
                            number("RsltTotalCnt", 0),
                            number("RsltPageCurrCnt", 0),
                            text("RsltColumns", 2000))),
            Map.entry(
                    "BusinessHandleReq",
                    List.of(
                            text("CallerNo", 20),
                            digitsUpTo("ServiceTypeId", 3),
                            digits("OperateTypeId", 5),
                            text("OperateConditions", 500),
                            time("OriginTime"),
                            text("AcceptStaff", 20),
                            code("ContactChannel", 2, "01", "02", "31"),
                            ticket("IndictSeq").asOptional())),
            Map.entry(
                    "BusinessHandleRsp",
                    List.of(digits("OperRtnStaId", 2), text("OperRtnDesc", 500).asOptional())),
            Map.entry("DiagnoseReq", List.of(digits("MSISDN", 11), serviceType(), time("AcceptTime"))),
            Map.entry(
                    "DiagnoseRsp",
                    List.of(
                            word(
                                    "Verdict",
                                    "CONSTRUCTION_UNFINISHED",
                                    "NETWORK_FAULT",
                                    "CUSTOMER_FAULT",
                                    "STATE_MISMATCH",
                                    "NONE_FOUND"),
                            text("Advice", 500))),
            Map.entry("RepairReq", List.of(digits("MSISDN", 11), digitsUpTo("ServiceTypeId", 3))),
            Map.entry("RepairRsp", List.of(text("Before", 500), text("After", 500))),
            Map.entry("SubscriberReq", List.of(digits("MSISDN", 11))),
            Map.entry(
                    "SubscriberRsp",
                    List.of(
                            word("State", "ACTIVE", "SUSPENDED", "CLOSED"),
                            text("StateReason", 50).asOptional(),
                            word("Installation", "COMPLETED", "IN_PROGRESS"),
                            time("InstallationDue").asOptional())),
            Map.entry(
                    "SubscriptionReq",
                    List.of(digits("MSISDN", 11), digitsUpTo("ServiceTypeId", 3).asOptional())),
            Map.entry(
                    "AlignReq",
                    List.of(
                            digits("MSISDN", 11),
                            digitsUpTo("ServiceTypeId", 3),
                            word("State", "ACTIVE", "SUSPENDED", "NONE"))),
            Map.entry(
                    "SubscriptionRsp",
                    List.of(digitsUpTo("ServiceTypeId", 3), word("State", "ACTIVE", "SUSPENDED"), time("Since"))),
            Map.entry("AlignRsp", List.of(word("State", "ACTIVE", "SUSPENDED", "NONE"))),
            Map.entry("LineStateReq", List.of(digits("MSISDN", 11))),
            Map.entry(
                    "LineStateRsp",
                    List.of(
                            text("LineNo", 20),
                            text("Area", 50),
                            word("NetworkSide", "UP", "DEGRADED", "DOWN"),
                            word("CustomerSide", "UP", "DOWN", "UNKNOWN"),
                            time("CheckedTime"))));

    private static final DocumentReader READER = Codec.reader();

    private static ElementCases serviceType() {
        return new ElementCases(
                "SvcTypeId",
                false,
                List.of(
                        right("at its greatest length", "0301" + ElementCases.chinese(124)),
                        right("of a type that follows on a renamed one", "0416"),
                        wrong("one byte over", "0301" + ElementCases.chinese(125), "4004"),
                        wrong("in no type of the catalogue", "9901", "4002"),
                        wrong("shorter than any prefix", "030", "4002"),
                        wrong("of a retired type", "0491", "4002"),
                        wrong("of a renamed type", "0481", "4002")));
    }

    static Stream<ElementCases.Case> cases() {
        return CONTRACT.entrySet().stream()
                .flatMap(body -> body.getValue().stream().flatMap(rule -> rule.in(ValidDocuments.of(body.getKey()))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anElementIsHeldToTheContractAndNamedWhenItBreaksIt(ElementCases.Case trial) {
        for (WireForm form : WireForm.values()) {
            InterBossDocument document = READER.read(trial.draft().form(form).xml());

            assertThat(document.headerFault()).isNull();
            Codec.assertFault(document.bodyFault(), trial.code(), trial.element());
        }
    }

    @Test
    void theTableOfThisTestHasEveryElementOfEachSampleInItsOrder() {
        assertThat(CONTRACT.keySet()).containsExactlyInAnyOrderElementsOf(ValidDocuments.bodies());
        CONTRACT.forEach((body, rules) -> {
            if (body.equals("DispatchReq")) {
                assertThat(names(rules)).isEqualTo(samples(body));
            } else {
                assertThat(values(body)).containsSubsequence(names(rules));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void elementsOutOfTheirOrderAreRefused(String body) {
        List<String> names = samples(body);
        for (int i = 1; i < names.size(); i++) {
            if (names.get(i).equals(names.get(i - 1))) {
                continue;
            }
            int later = i;
            Draft swapped = ValidDocuments.of(body).changed(body, place -> {
                List<XmlNode> children = place.node().children();
                children.add(later - 1, children.remove(later));
            });

            Fault fault = READER.read(swapped.xml()).bodyFault();

            assertThat(fault).as("%s before %s", names.get(i), names.get(i - 1)).isNotNull();
            assertThat(fault.code()).isEqualTo("0106");
        }
    }

    static List<String> bodies() {
        return ValidDocuments.bodies();
    }

    @Test
    void aRefusalOfAnEndedServiceTypeNamesItsSuccessor() {
        assertThat(fault(ValidDocuments.dispatch().with("SvcTypeId", "0481")).description())
                .startsWith("SvcTypeId: ")
                .contains("0416");
        assertThat(fault(ValidDocuments.dispatch().with("SvcTypeId", "049101")).description())
                .contains("no successor");
    }

    @Test
    void aDiagnosisIsOfANumberOrOfALineButNotOfBoth() {
        Draft ofNumber = ValidDocuments.of("DiagnoseReq");
        var line = new XmlNode("LineNo", "NJ-0001");
        Draft ofBoth = ofNumber.after("MSISDN", line);
        Draft ofLine = ofBoth.without("MSISDN");

        assertThat(READER.read(ofNumber.xml()).bodyFault()).isNull();
        assertThat(READER.read(ofLine.xml()).bodyFault()).isNull();
        assertThat(READER.read(ofLine.xml()).requireBody().find("LineNo")).isEqualTo("NJ-0001");
        Codec.assertFault(READER.read(ofBoth.xml()).bodyFault(), "0106", "LineNo");
        Codec.assertFault(READER.read(ofLine.without("LineNo").xml()).bodyFault(), "0106", "MSISDN or LineNo");
        Codec.assertFault(
                READER.read(ofLine.with("LineNo", "x".repeat(21)).xml()).bodyFault(), "4004", "LineNo");
    }

    @Test
    void rowsAndFindingsMayBeNoneOrManyAndEachIsChecked() {
        Draft rows = ValidDocuments.of("BusinessQueryRsp");
        Draft findings = ValidDocuments.of("DiagnoseRsp");

        assertThat(READER.read(rows.without("QryRslt").without("QryRslt").xml()).bodyFault())
                .isNull();
        assertThat(READER.read(findings.without("Finding").without("Finding").xml())
                        .bodyFault())
                .isNull();
        assertThat(READER.read(rows.doubled("QryRslt").xml()).bodyFault()).isNull();
        Codec.assertFault(
                fault(rows.after("QryRslt", new XmlNode("QryRslt", ElementCases.chinese(2001)))), "4004", "QryRslt");
        Codec.assertFault(fault(findings.with("Source", "NETW")), "4005", "Source");
        Codec.assertFault(fault(findings.with("Outcome", "LATE")), "4002", "Outcome");
        Codec.assertFault(fault(findings.without("Key")), "0106", "Key");
    }

    @Test
    void everyValueOfAnElementThatRepeatsIsRead() {
        Draft held = ValidDocuments.of("SubscriptionRsp");

        assertThat(READER.read(held.xml()).requireBody().all("ServiceTypeId")).containsExactly("82", "84");
        assertThat(READER.read(held.xml()).requireBody().all("State")).containsExactly("ACTIVE", "SUSPENDED");
        assertThat(READER.read(held.xml()).requireBody().get("State")).isEqualTo("ACTIVE");
        assertThat(READER.read(held.without("Subscription")
                                .without("Subscription")
                                .xml())
                        .bodyFault())
                .isNull();
        Codec.assertFault(fault(held.with("State", "NONE")), "4002", "State");
        Codec.assertFault(fault(held.with("ServiceTypeId", "8200")), "4004", "ServiceTypeId");
        Codec.assertFault(fault(held.without("Since")), "0106", "Since");
    }

    @Test
    void aRepairNamesADomainAndItsAnswerIsTrueOrFalse() {
        Draft request = ValidDocuments.of("RepairReq");
        Draft answer = ValidDocuments.of("RepairRsp");

        Codec.assertFault(fault(request.with("Domain", "mvid")), "4001", "Domain");
        Codec.assertFault(fault(request.with("Domain", "MVIDS")), "4004", "Domain");
        Codec.assertFault(fault(request.with("Domain", "M")), "4003", "Domain");
        Codec.assertFault(fault(answer.with("Changed", "yes")), "4001", "Changed");
        assertThat(READER.read(answer.with("Changed", "false").xml()).bodyFault())
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(WireForm.class)
    void prefixesWhiteSpaceAndCommentsBetweenElementsMakeNoDifference(WireForm form) {
        var writer = new DocumentWriter();
        for (String body : ValidDocuments.bodies()) {
            Draft draft = ValidDocuments.of(body).form(form);
            String plain = writer.write(READER.read(draft.xml()));

            assertThat(writer.write(READER.read(draft.prefix("ib").xml()))).isEqualTo(plain);
            assertThat(writer.write(READER.read(draft.pretty().xml()))).isEqualTo(plain);
            assertThat(writer.write(READER.read(draft.pretty().prefix("x").xml())))
                    .isEqualTo(plain);
            assertThat(writer.write(READER.read(draft.xml().replace("<TransInfo>", "<!-- - --><TransInfo>"))))
                    .isEqualTo(plain);
        }
    }

    private Fault fault(Draft draft) {
        Fault fault = READER.read(draft.xml()).bodyFault();
        assertThat(fault).isNotNull();
        return fault;
    }

    private static List<String> names(List<ElementCases> rules) {
        return rules.stream().map(ElementCases::element).toList();
    }

    /** The elements of a body's sample that hold a value, however deep. */
    private static List<String> values(String body) {
        var names = new ArrayList<String>();
        collect(ValidDocuments.of(body).tree().find(body).orElseThrow().node(), names);
        return names;
    }

    private static void collect(XmlNode node, List<String> names) {
        for (XmlNode child : node.children()) {
            if (child.children().isEmpty()) {
                names.add(child.name());
            }
            collect(child, names);
        }
    }

    private static List<String> samples(String body) {
        var names = new ArrayList<String>();
        XmlNode tree = ValidDocuments.of(body).tree().find(body).orElseThrow().node();
        tree.children().forEach(child -> names.add(child.name()));
        return names;
    }
}
