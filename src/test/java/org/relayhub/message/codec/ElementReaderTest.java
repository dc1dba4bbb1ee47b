package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.Body;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.RefusalException;
import org.springframework.core.io.ClassPathResource;
import org.xml.sax.SAXException;

/** An alarm, as the one element that comes without a document: what the schema says of it, and what no parser may do. */
class ElementReaderTest {

    private static final String ID = "<AlarmId>OLT-7/3:LOS</AlarmId>";
    private static final String NODE = "<NODE>250</NODE>";
    private static final String LINE = "<LineNo>NJ-0001</LineNo>";
    private static final String SEVERITY = "<Severity>MAJOR</Severity>";
    private static final String RAISED = "<RaisedTime>2026-11-22 09:30:00</RaisedTime>";
    private static final String CLEARED = "<ClearedTime>2026-11-22 09:30:00</ClearedTime>";
    private static final String DESCRIPTION = "<Description>光路中断</Description>";
    private static final String VALID = alarm("", ID + NODE + LINE + SEVERITY + RAISED + CLEARED + DESCRIPTION);

    private static final ElementReader READER =
            new ElementReader(new ClassPathResource("schemas/"), "alarm.xsd", "Alarm", Clock.systemUTC());

    private static String alarm(String attributes, String content) {
        return "<Alarm xmlns=\"urn:relay-hub:interboss:1\"" + attributes + ">" + content + "</Alarm>";
    }

    private static void refused(String xml, String code, String element) {
        RefusalException refusal = catchThrowableOfType(RefusalException.class, () -> READER.read(xml));
        assertThat(refusal).as(xml).isNotNull();
        Codec.assertFault(refusal.fault(), code, element);
    }

    @Test
    void anAlarmIsReadWithAllItsValues() {
        Body alarm = READER.read(VALID);

        assertThat(alarm.element()).isEqualTo("Alarm");
        assertThat(alarm.get("AlarmId")).isEqualTo("OLT-7/3:LOS");
        assertThat(alarm.get("NODE")).isEqualTo("250");
        assertThat(alarm.find("LineNo")).isEqualTo("NJ-0001");
        assertThat(alarm.find("Area")).isNull();
        assertThat(alarm.get("Severity")).isEqualTo("MAJOR");
        assertThat(alarm.get("RaisedTime")).isEqualTo("2026-11-22 09:30:00");
        assertThat(alarm.find("ClearedTime")).isEqualTo("2026-11-22 09:30:00");
        assertThat(alarm.find("Description")).isEqualTo("光路中断");
        assertThat(READER.read(alarm.xml()))
                .as("what it writes down it reads again")
                .isEqualTo(alarm);
    }

    @Test
    void prefixesWhiteSpaceAndCommentsMakeNoDifference() {
        String spaced = "<?xml version=\"1.0\"?>\n<!-- of EOMS -->\n"
                + VALID.replace("xmlns=", "xmlns:a=").replace("</", "</a:").replaceAll("<(?=[A-Z])", "\n <a:");

        assertThat(READER.read(spaced)).isEqualTo(READER.read(VALID));
    }

    @ParameterizedTest
    @CsvSource({
        "<ClearedTime>2026-11-22 09:30:00</ClearedTime>, '', ",
        "<ClearedTime>2026-11-22 09:30:00</ClearedTime>, <ClearedTime/>, ",
        "<Description>光路中断</Description>, '', ",
        "<Description>光路中断</Description>, <Description></Description>, ",
        "<LineNo>NJ-0001</LineNo>, <Area>南京市鼓楼区</Area>, ",
        "MAJOR, CRITICAL, ",
        "MAJOR, MINOR, ",
        "MAJOR, WARNING, "
    })
    void whatTheSchemaAllowsIsTaken(String text, String instead) {
        assertThat(READER.read(VALID.replace(text, instead)).element()).isEqualTo("Alarm");
    }

    @ParameterizedTest
    @CsvSource({
        "<AlarmId>OLT-7/3:LOS</AlarmId>, '', 0106, AlarmId",
        "OLT-7/3:LOS, '', 4003, AlarmId",
        "OLT-7/3:LOS, 01234567890123456789012345678901234567890, 4004, AlarmId",
        "<NODE>250</NODE>, '', 0106, NODE",
        "<NODE>250</NODE>, <NODE>25</NODE>, 4003, NODE",
        "<NODE>250</NODE>, <NODE>000</NODE>, 4002, NODE",
        "<NODE>250</NODE>, <NODE>999</NODE>, 4002, NODE",
        "<NODE>250</NODE>, <NODE>NJ1</NODE>, 4001, NODE",
        "<LineNo>NJ-0001</LineNo>, '', 0106, LineNo or Area",
        "NJ-0001, 012345678901234567890, 4004, LineNo",
        "NJ-0001, '', 4003, LineNo",
        "<LineNo>NJ-0001</LineNo>, <LineNo>NJ-0001</LineNo><Area>南京</Area>, 0106, Area",
        "<LineNo>NJ-0001</LineNo>, <Area>南京市鼓楼区南京市鼓楼区南京市鼓楼区南京市鼓楼区南京</Area>, 4004, Area",
        "MAJOR, major, 4002, Severity",
        "MAJOR, CLEARED, 4002, Severity",
        "<RaisedTime>2026-11-22 09:30:00</RaisedTime>, '', 0106, RaisedTime",
        "RaisedTime>2026-11-22 09:30:00, RaisedTime>2026-11-31 09:30:00, 4005, RaisedTime",
        "RaisedTime>2026-11-22 09:30:00, RaisedTime>2026-11-22T09:30:00, 4001, RaisedTime",
        "ClearedTime>2026-11-22 09:30:00, ClearedTime>2026-11-22 09:29:59, 4006, ClearedTime",
        "<NODE>250</NODE>, <NODE>250</NODE><NODE>250</NODE>, 0106, NODE",
        "<Description>, <Stray/><Description>, 0106, Stray",
        "<Description>, more<Description>, 0106, Alarm",
        "<NODE>, <NODE lang='zh'>, 0106, NODE",
        "<Alarm xmlns, <Alarm id='1' xmlns, 0106, Alarm",
        "urn:relay-hub:interboss:1, urn:relay-hub:interboss:2, 0106, Alarm",
        "Alarm, Alarms, 0106, Alarm"
    })
    void whatTheSchemaDoesNotAllowIsRefusedByItsElement(String text, String instead, String code, String element) {
        String changed = VALID.replace(text, instead);
        assertThat(changed).isNotEqualTo(VALID);
        refused(changed, code, element);
    }

    @Test
    void aDescriptionHasAtMostTwoHundredBytesInGbk() {
        assertThat(READER.read(VALID.replace("光路中断", "断".repeat(100))).find("Description"))
                .hasSize(100);
        refused(VALID.replace("光路中断", "断".repeat(100) + "x"), "4004", "Description");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "hello",
                "{\"AlarmId\": 1}",
                "<Alarm",
                "<Alarm xmlns=\"urn:relay-hub:interboss:1\">",
                "<!DOCTYPE Alarm><Alarm xmlns=\"urn:relay-hub:interboss:1\"/>",
                "<!DOCTYPE Alarm [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Alarm><AlarmId>&e;</AlarmId></Alarm>",
                "<Alarm xmlns=\"urn:relay-hub:interboss:1\"><AlarmId>&e;</AlarmId></Alarm>",
                "<Alarm xmlns=\"urn:relay-hub:interboss:1\"><?go now?></Alarm>"
            })
    void whatIsNoXmlOrAsksTheParserForMoreIsMalformed(String text) {
        assertThatThrownBy(() -> READER.read(text)).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void aTextHoldsOneAlarmOfBoundedSizeAndNothingAfterIt() {
        assertThatThrownBy(() -> READER.read(VALID + VALID)).isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> READER.read(VALID + "x")).isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> READER.read(VALID.replace(ID, ID + " ".repeat(SafeParsers.MAX_BYTES))))
                .isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> READER.read("<a>".repeat(SafeParsers.MAX_DEPTH + 1)))
                .isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void aReaderOfXmlSchemaThatKnowsNothingOfTheHubTakesTheSameAlarm() throws SAXException, IOException {
        var schema = SchemaFactory.newDefaultInstance().newSchema(new ClassPathResource("schemas/alarm.xsd").getURL());

        schema.newValidator().validate(new StreamSource(new StringReader(VALID)));
        String empty = VALID.replace(CLEARED, "<ClearedTime/>").replace(DESCRIPTION, "<Description/>");
        schema.newValidator().validate(new StreamSource(new StringReader(empty)));
        assertThatThrownBy(() -> schema.newValidator()
                        .validate(new StreamSource(new StringReader(VALID.replace(LINE, LINE + "<Area>x</Area>")))))
                .isInstanceOf(SAXException.class);
    }

    @Test
    void anElementThatTheSchemaDoesNotHaveStopsTheStart() {
        assertThatThrownBy(() ->
                        new ElementReader(new ClassPathResource("schemas/"), "alarm.xsd", "Alert", Clock.systemUTC()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alarm.xsd has no element Alert");
    }
}
