package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.codec.ElementCases.code;
import static org.relayhub.message.codec.ElementCases.compactTime;
import static org.relayhub.message.codec.ElementCases.digits;
import static org.relayhub.message.codec.ElementCases.right;
import static org.relayhub.message.codec.ElementCases.text;
import static org.relayhub.message.codec.ElementCases.wrong;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;

/** Every element of the header against the contract's table of the document, written out here by hand. */
class HeaderElementsTest {

    private static final String CODE = "0105";

    private static final List<ElementCases> REQUEST = List.of(
            one("Version", "0100", "0101", "100"),
            one("TestFlag", "0", "2", "x"),
            one("BIPCode", "BIP2C999", "BIP2C08", "BIP2C0811", "投诉派发投诉派发"),
            one("ActivityCode", "T2002999", "T200208", "T20020811"),
            one("OrigDomain", "SIMS", "S", "SIMSX", "crm", "CR1"),
            one("RouteType", "00", "02", "0"),
            one("HomeDomain", "NETW", "N", "CSVCX", "csvc"),
            one("RouteValue", "250", "25", "0000", "13900000000", "ABC"),
            text("SessionID", 20).asOptional(),
            text("TransIDO", 30),
            compactTime("TransIDOTime"),
            one("MsgSender", "0000", "2501", "250", "25000", "CRM0"),
            digits("MsgReceiver", 4).asOptional(),
            text("ConvID", 40).asOptional(),
            one("CutOffDay", "20240229", "20260229", "2026112", "202611221", "2026-1-1")
                    .asOptional());

    private static final List<ElementCases> RESPONSE = List.of(
            text("TransIDH", 30).asOptional(),
            compactTime("TransIDHTime").asOptional(),
            one("RspType", "2", "3", "00"),
            code("RspCode", 4, "0000", "0103"));

    private static final DocumentReader READER = Codec.reader();

    /** An element with one right value and some wrong ones. */
    private static ElementCases one(String element, String right, String... wrong) {
        return new ElementCases(element, false, List.of(right("of " + right, right)))
                .and(Stream.of(wrong)
                        .map(value -> wrong("of " + value, value, CODE))
                        .toArray(ElementCases.Trial[]::new));
    }

    static Stream<ElementCases.Case> cases() {
        return Stream.concat(
                REQUEST.stream().flatMap(rule -> rule.in(ValidDocuments.dispatch())),
                Stream.concat(REQUEST.stream(), RESPONSE.stream())
                        .flatMap(rule -> rule.in(ValidDocuments.acknowledgement("DispatchReq"))));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anElementIsHeldToTheContractAndAnyFaultIs0105(ElementCases.Case trial) {
        InterBossDocument document = READER.read(trial.draft().xml());

        Codec.assertFault(document.headerFault(), trial.code() == null ? null : CODE, trial.element());
        assertThat(document.bodyFault()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"BIPType", "RoutingInfo", "Routing", "TransInfo", "SNReserve"})
    void aMissingOrDoubledGroupIsNamed(String group) {
        Codec.assertFault(
                READER.read(ValidDocuments.dispatch().without(group).xml()).headerFault(), CODE, group);
        Codec.assertFault(
                READER.read(ValidDocuments.dispatch().doubled(group).xml()).headerFault(), CODE, group);
    }

    @Test
    void aRouteByNumberHasElevenDigitsAndOneByNodeThree() {
        Draft byNumber = ValidDocuments.dispatch().with("RouteType", "01");

        assertThat(READER.read(byNumber.with("RouteValue", "13900000000").xml()).headerFault())
                .isNull();
        Codec.assertFault(READER.read(byNumber.xml()).headerFault(), CODE, "RouteValue");
        Draft byNode = ValidDocuments.dispatch().with("RouteValue", "13900000000");
        var fault = READER.read(byNode.xml()).headerFault();
        Codec.assertFault(fault, CODE, "RouteValue");
        assertThat(fault).isNotNull();
        assertThat(fault.description()).doesNotContain("139");
        Codec.assertFault(READER.read(byNode.without("RouteType").xml()).headerFault(), CODE, "RouteType");
    }

    @Test
    void onlyAResponseHasWhatTheReceiverAdds() {
        Draft request = ValidDocuments.dispatch();
        var serial = new XmlNode("TransIDH", "HUB000000000000001");
        var time = new XmlNode("TransIDHTime", "20261122101501");
        var response = ValidDocuments.acknowledgement("DispatchReq")
                .tree()
                .find("Response")
                .orElseThrow()
                .node();

        Codec.assertFault(
                READER.read(request.after("TransIDOTime", serial).xml()).headerFault(), CODE, "TransIDH");
        Codec.assertFault(READER.read(request.after("TransIDOTime", time).xml()).headerFault(), CODE, "TransIDHTime");
        Codec.assertFault(
                READER.read(request.after("SNReserve", response).xml()).headerFault(), CODE, "Response");
        Codec.assertFault(READER.read(request.with("ActionCode", "1").xml()).headerFault(), CODE, "Response");
        Codec.assertFault(READER.read(request.with("ActionCode", "2").xml()).headerFault(), CODE, "ActionCode");
    }

    @Test
    void whatIsRightOfARefusedHeaderCanBeUsedInTheAnswer() {
        InterBossDocument document =
                READER.read(ValidDocuments.dispatch().with("Version", "9999").xml());

        assertThat(document.headerFault()).isNotNull();
        assertThat(document.header().transIdo()).isEqualTo("CRM250-0000000001");
        assertThat(document.header().sender()).isEqualTo(Party.of("CRM-250"));
        assertThat(document.header().test()).isTrue();
        assertThat(document.requireBody().get("MSISDN")).isEqualTo("13900000000");
    }

    @Test
    void faultsOfHeaderAndBodyAreKeptApart() {
        InterBossDocument document = READER.read(ValidDocuments.dispatch()
                .with("Version", "9999")
                .with("Title", "")
                .xml());

        Codec.assertFault(document.headerFault(), CODE, "Version");
        Codec.assertFault(document.bodyFault(), "4003", "Title");
    }

    @Test
    void aFaultNeverRepeatsAValueAndIsNoLongerThanADescriptionMayBe() {
        String secret = "SECRET-9471";
        for (XmlNode child : ValidDocuments.dispatch()
                .tree()
                .find("DispatchReq")
                .orElseThrow()
                .node()
                .children()) {
            var fault = READER.read(ValidDocuments.dispatch()
                            .with(child.name(), secret.repeat(200))
                            .xml())
                    .bodyFault();
            assertThat(fault).isNotNull();
            assertThat(fault.description()).doesNotContain(secret).hasSizeLessThan(200);
        }
        var longName = READER.read(ValidDocuments.dispatch()
                        .after("Title", new XmlNode("N".repeat(100_000), "x"))
                        .xml())
                .bodyFault();
        assertThat(longName).isNotNull();
        assertThat(longName.description())
                .startsWith("NNNN")
                .contains(": not expected here")
                .hasSizeLessThan(200);
    }
}
