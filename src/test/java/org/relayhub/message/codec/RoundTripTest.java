package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Response;
import org.relayhub.message.codec.rule.GbkLength;

/** What is written can be read again, and says the same. */
class RoundTripTest {

    private static final DocumentReader READER = Codec.reader();
    private static final DocumentWriter WRITER = new DocumentWriter();
    private static final String SERIAL = "HUB000000000000042";

    @Property(tries = 2000)
    void aDocumentIsReadAsItWasWrittenInBothForms(@ForAll("documents") InterBossDocument document) {
        String canonical = WRITER.write(document);

        for (WireForm form : WireForm.values()) {
            InterBossDocument read = READER.read(form.render(canonical, SERIAL));

            assertThat(read.headerFault()).isNull();
            assertThat(read.bodyFault()).isNull();
            assertThat(read.header()).isEqualTo(document.header());
            assertThat(read.response()).isEqualTo(document.response());
            assertThat(read.requireBody()).isEqualTo(document.requireBody());
            assertThat(WRITER.write(read)).isEqualTo(canonical);
        }
    }

    @Property(tries = 500)
    void theHubsSerialIsInsertedOnceAndInItsPlace(@ForAll("documents") InterBossDocument document) {
        String canonical = WRITER.write(document);

        for (WireForm form : WireForm.values()) {
            String sent = form.render(canonical, SERIAL);
            assertThat(sent.split("<TransIDC>" + SERIAL + "</TransIDC></SNReserve>", -1))
                    .hasSize(2);
            assertThat(WRITER.write(READER.read(sent))).isEqualTo(canonical);
        }
        assertThat(WireForm.CHILD.render(canonical, null)).isEqualTo(canonical);
        assertThat(WireForm.TEXT.render(canonical, null)).doesNotContain("TransIDC>" + SERIAL);
    }

    @Example
    void aSerialThatTheSenderPutInIsReplaced() {
        Draft draft = ValidDocuments.dispatch().after("CutOffDay", new XmlNode("TransIDC", "FORGED"));

        String sent = WireForm.CHILD.render(WRITER.write(READER.read(draft.xml())), SERIAL);

        assertThat(sent).doesNotContain("FORGED").contains("<TransIDC>" + SERIAL + "</TransIDC>");
    }

    @Example
    void aDocumentWithoutABodyIsTheSameInBothForms() {
        String xml = ValidDocuments.acknowledgement("DispatchReq").xml();

        String canonical = WRITER.write(READER.read(xml));

        assertThat(canonical).isEqualTo(xml);
        assertThat(WireForm.TEXT.render(canonical, null)).isEqualTo(canonical);
    }

    @Example
    void theSamplesAreWrittenAsTheyCame() {
        for (String body : ValidDocuments.bodies()) {
            for (WireForm form : WireForm.values()) {
                Draft draft = ValidDocuments.of(body);
                assertThat(WRITER.write(READER.read(draft.form(form).pretty().xml())))
                        .isEqualTo(canonical(draft.xml(), body));
            }
        }
    }

    @Example
    void commentsAndCdataInsideAValueAreNoPartOfIt() {
        String plain = ValidDocuments.dispatch().with("Title", "abcd<e").xml();
        String split = plain.replace("abcd&lt;e", "ab<!-- and -->cd<![CDATA[<]]>e");

        assertThat(READER.read(split).requireBody().get("Title")).isEqualTo("abcd<e");
        assertThat(WRITER.write(READER.read(split))).isEqualTo(canonical(plain, "DispatchReq"));
    }

    /** A body stands for itself, so that it can be cut out: it declares its namespace. */
    private static String canonical(String xml, String body) {
        return xml.replace("<" + body + ">", "<" + body + " xmlns=\"" + DocumentSchema.NAMESPACE + "\">");
    }

    @Property
    void everyCharacterCountsAsInGbkOrElseAsInGb18030(@ForAll("xmlCharacters") int character) {
        String text = Character.toString(character);
        Charset gbk = Charset.forName("GBK");
        Charset counted = gbk.newEncoder().canEncode(text) ? gbk : Charset.forName("GB18030");

        assertThat(GbkLength.of(text)).isEqualTo(text.getBytes(counted).length);
    }

    @Property
    void theLengthOfATextIsTheSumOfItsCharacters(@ForAll("texts") String text) {
        int sum = text.codePoints()
                .map(character -> GbkLength.of(Character.toString(character)))
                .sum();

        assertThat(GbkLength.of(text)).isEqualTo(sum);
    }

    @Provide
    Arbitrary<Integer> xmlCharacters() {
        return Arbitraries.oneOf(
                Arbitraries.of((int) '\t', (int) '\n', (int) '\r', 0x85, 0xa0, 0x20ac, 0x2028, 0x3000, 0xfffd, 0xfeff),
                Arbitraries.of((int) '&', (int) '<', (int) '>', (int) ']', (int) '"', (int) '\''),
                Arbitraries.integers().between(0x20, 0x7e),
                Arbitraries.integers().between(0x4e00, 0x9fa5),
                Arbitraries.integers().between(0x20, 0xd7ff),
                Arbitraries.integers().between(0xe000, 0xfffd),
                Arbitraries.integers().between(0x10000, 0x10ffff));
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = xmlCharacters().list().ofMaxSize(60).map(RoundTripTest::text);
        return Arbitraries.oneOf(
                any,
                Arbitraries.of(
                        "]]>",
                        "]]]]>>",
                        "]]&gt;",
                        "<![CDATA[x]]>",
                        "</SvcCont>",
                        "</SNReserve>",
                        "<TransIDC>1</TransIDC>",
                        "&#13;",
                        "\r\n",
                        "\n",
                        " ",
                        "<!--"));
    }

    @Provide
    Arbitrary<InterBossDocument> documents() {
        return Combinators.combine(texts(), texts(), texts(), texts(), texts(), texts())
                .as(RoundTripTest::document);
    }

    private static InterBossDocument document(
            String session, String serial, String conversation, String description, String comment, String staff) {
        boolean response = comment.length() % 2 == 0;
        var header = new Header(
                "0100",
                "1",
                "BIP2C084",
                "T2002084",
                response ? "1" : "0",
                "CRM",
                "00",
                "CSVC",
                "000",
                fitted(session, 20),
                mandatory(serial, 30),
                "20261122101500",
                response ? mandatory(conversation, 30) : null,
                response ? "20261122101501" : null,
                "2500",
                null,
                fitted(conversation, 40),
                null);
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", "20261122CSVC2500000001");
        values.put("HandlingDept", mandatory(session, 20));
        values.put("HandlingStaff", mandatory(staff, 20));
        String phone = fitted(serial, 20);
        if (phone != null) {
            values.put("PhoneNum", phone);
        }
        values.put("HandlingComment", mandatory(comment.repeat(40), 2000));
        Body body = BodyText.of("UrgeReq", values);
        return InterBossDocument.of(
                header, response ? new Response("2", "4004", String.valueOf(fitted(description, 500))) : null, body);
    }

    private static String mandatory(String text, int bytes) {
        String fitted = fitted(text, bytes);
        return fitted == null || fitted.isEmpty() ? "x" : fitted;
    }

    /** The text cut to a length; null where the text is empty, so that optional elements are sometimes missing. */
    private static @Nullable String fitted(String text, int bytes) {
        if (text.isEmpty()) {
            return null;
        }
        int end = text.length();
        while (GbkLength.of(text.substring(0, end)) > bytes) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end);
    }

    private static String text(Iterable<Integer> characters) {
        var text = new StringBuilder();
        characters.forEach(text::appendCodePoint);
        return text.toString();
    }
}
