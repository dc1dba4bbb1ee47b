package org.relayhub.message.multipart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.Fault;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.Codec;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.codec.WireForm;

class MultipartReaderTest {

    private final MultipartReader reader = new MultipartReader(Codec.reader());
    private final DocumentWriter writer = new DocumentWriter();

    private InterBossDocument read(Form form) {
        return reader.read(form.contentType(), form.bytes());
    }

    private void assertWhole(InterBossDocument document, String canonical) {
        assertThat(document.headerFault()).isNull();
        assertThat(document.bodyFault()).isNull();
        assertThat(writer.write(document)).isEqualTo(canonical);
    }

    @Test
    void theTwoPartsAreReadAsTheDocumentThatTheyWereCutFrom() {
        String document = Form.document();

        assertWhole(read(Form.of(document)), document);
    }

    @Test
    void thePartsMayComeInAnyOrder() {
        String document = Form.document();

        assertWhole(
                read(Form.empty().with("xmlbody", Form.body(document)).with("xmlhead", Form.head(document))), document);
    }

    @Test
    void theBodyMayBeTextOfSvcCont() {
        String document = Form.document();
        String asText = WireForm.TEXT.render(document, null);

        assertThat(asText).contains("<SvcCont><![CDATA[");
        assertWhole(read(Form.of(asText)), document);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Disposition: form-data; name=\"%s\"",
                "content-disposition: Form-Data; name=%s; filename=\"head.xml\"",
                "Content-Disposition: form-data; name=\"%s\"; filename=\"head.xml\"\r\nContent-Type: application/xml",
                "Content-Disposition: form-data; name=\"%s\"\r\nContent-Type: text/plain; charset=UTF-8\r\n"
                        + "Content-Transfer-Encoding: 8bit\r\nContent-Length: 7"
            })
    void thePartsMayBeDescribedAsHttpLibrariesDo(String headers) {
        String document = Form.document();
        Form form = Form.empty();
        form = form.withHeaders(
                headers.formatted("xmlhead") + "\r\n", utf8("<?xml version=\"1.0\"?>\n" + Form.head(document)));
        form = form.withHeaders(headers.formatted("xmlbody") + "\r\n", utf8("\uFEFF" + Form.body(document) + "\n"));

        assertWhole(read(form), document);
    }

    @Test
    void prefixesOfTheOnePartMeanNothingInTheOther() {
        String document = Form.document();
        String prefixed =
                Form.head(document).replace("<", "<p:").replace("<p:/", "</p:").replace("xmlns=", "xmlns:p=");

        assertWhole(read(Form.empty().with("xmlhead", prefixed).with("xmlbody", Form.body(document))), document);
    }

    @ParameterizedTest
    @EnumSource
    void whatTheHubWritesItReads(WireForm form) {
        String document = Form.document();
        MultipartForm written = MultipartForm.of(DocumentParts.of(form.render(document, "SERIAL")));

        assertThat(new String(written.content(), StandardCharsets.UTF_8))
                .contains("name=\"xmlhead\"", "name=\"xmlbody\"", "<TransIDC>SERIAL</TransIDC>")
                .contains(form == WireForm.TEXT ? "<![CDATA[<DispatchReq" : "><DispatchReq");
        assertThat(MultipartReader.isForm(written.contentType())).isTrue();
        assertThat(written.contentType()).doesNotContain("charset");
        assertWhole(reader.read(written.contentType(), written.content()), document);
    }

    @Test
    void markUpInAValueIsNotTakenForTheBody() {
        String document =
                Form.document().replace("<SvcCont>", "<SvcCont>").replace("梦网短信多收费", "&lt;/SvcCont>&lt;SvcCont>]]&gt;");
        MultipartForm written = MultipartForm.of(DocumentParts.of(WireForm.TEXT.render(canonical(document), null)));

        assertThat(reader.read(written.contentType(), written.content())
                        .requireBody()
                        .get("Title"))
                .isEqualTo("</SvcCont><SvcCont>]]>");
    }

    private String canonical(String document) {
        return writer.write(Codec.reader().read(document));
    }

    static List<HostileForm> hostileForms() {
        return HostileForms.all();
    }

    @Test
    void thereAreAtLeastAHundredHostileFormsAndEachHasANameOfItsOwn() {
        assertThat(HostileForms.all()).hasSizeGreaterThanOrEqualTo(100);
        assertThat(HostileForms.all()).extracting(HostileForm::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("hostileForms")
    @Timeout(value = 2, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aHostileFormIsRefusedInWordsThatNameThePartAndRepeatNothingOfIt(HostileForm hostile) {
        switch (hostile.status()) {
            case 415 ->
                assertThat(MultipartReader.isForm(hostile.contentType())).isFalse();
            case 413 -> assertThat(hostile.bytes()).hasSizeGreaterThan(SafeParsers.MAX_BYTES);
            case 400 ->
                assertThatThrownBy(() -> reader.read(hostile.contentType(), hostile.bytes()))
                        .isInstanceOf(MalformedDocumentException.class)
                        .hasMessageStartingWith(hostile.says())
                        .hasMessageContaining(": ")
                        .message()
                        .hasSizeLessThan(150)
                        .doesNotContain("passwd", "Exception", "hello");
            default -> {
                InterBossDocument document = reader.read(hostile.contentType(), hostile.bytes());
                Fault fault = document.headerFault() != null ? document.headerFault() : document.bodyFault();
                // A SvcCont without a body is for the checks that come after, which know what the activity wants.
                assertThat(fault == null && document.body() == null ? "0106" : String.valueOf(fault))
                        .contains(hostile.says());
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
