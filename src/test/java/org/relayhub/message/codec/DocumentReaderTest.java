package org.relayhub.message.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.MalformedDocumentException;

/** What a document may be read from, and what becomes of the parser. */
class DocumentReaderTest {

    private static final DocumentReader READER = Codec.reader();

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "<!-- -->", "hello", "<InterBOSS", "{}", "<!DOCTYPE InterBOSS>"})
    void whatIsNoXmlIsNoDocument(String text) {
        assertThatThrownBy(() -> READER.read(text)).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void aTextHoldsOneDocumentAndNothingAfterIt() {
        String document = ValidDocuments.dispatch().xml();

        assertThatThrownBy(() -> READER.read(document + document)).isInstanceOf(MalformedDocumentException.class);
        assertThatThrownBy(() -> READER.read(document + "x")).isInstanceOf(MalformedDocumentException.class);
        assertThat(READER.read(document + "\n<!-- end -->").bodyFault()).isNull();
    }

    @Test
    void aParserIsLeftOnTheEndOfItsDocument() throws XMLStreamException {
        XMLStreamReader parser = SafeParsers.newFactory()
                .createXMLStreamReader(
                        new StringReader("<a>" + ValidDocuments.dispatch().xml() + "<b/></a>"));
        parser.nextTag();
        parser.nextTag();

        assertThat(READER.read(parser).bodyFault()).isNull();

        assertThat(parser.isEndElement()).isTrue();
        assertThat(parser.getLocalName()).isEqualTo("InterBOSS");
        parser.nextTag();
        assertThat(parser.getLocalName()).isEqualTo("b");
    }

    @Test
    void aParserThatHasNoFurtherElementGivesNoDocument() throws XMLStreamException {
        XMLStreamReader parser = SafeParsers.newFactory().createXMLStreamReader(new StringReader("<a/>"));
        parser.nextTag();
        parser.nextTag();

        assertThatThrownBy(() -> READER.read(parser)).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void anotherParserMayLetNoDocumentTypeOrProcessingInstructionThrough() throws XMLStreamException {
        String document = ValidDocuments.dispatch().xml();
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        XMLStreamReader typed = factory.createXMLStreamReader(new StringReader("<!DOCTYPE InterBOSS []>" + document));
        XMLStreamReader instructed =
                factory.createXMLStreamReader(new StringReader(document.replace("<Title>", "<Title><?x y?>")));

        assertThatThrownBy(() -> READER.read(typed)).isInstanceOf(MalformedDocumentException.class);
        Codec.assertFault(READER.read(instructed).bodyFault(), "0106", "Title");
    }

    @Test
    void oneByteOrderMarkAndAnyNameOfUtf8AreAllowed() throws XMLStreamException {
        String document = "\ufeff<?xml version=\"1.0\" encoding=\"utf-8\"?>"
                + ValidDocuments.dispatch().xml();
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);

        for (String encoding : new String[] {"UTF-8", "utf-8", "utf8"}) {
            XMLStreamReader parser =
                    SafeParsers.newFactory().createXMLStreamReader(new ByteArrayInputStream(bytes), encoding);
            assertThat(READER.read(parser).requireBody().get("SubsName")).isEqualTo("张三");
        }
        XMLStreamReader parser = SafeParsers.newFactory().createXMLStreamReader(new ByteArrayInputStream(bytes));
        assertThat(READER.read(parser).requireBody().get("SubsName")).isEqualTo("张三");
        assertThatThrownBy(() -> SafeParsers.newFactory()
                        .createXMLStreamReader(new ByteArrayInputStream(bytes), "no-such-encoding"))
                .isInstanceOf(XMLStreamException.class);
    }

    @Test
    void aHintWhereTheSchemaIsMakesNoDifference() {
        String hinted = ValidDocuments.dispatch()
                .xml()
                .replace(
                        "<InterBOSS ",
                        "<InterBOSS xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                                + " xsi:schemaLocation=\"urn:relay-hub:interboss:1 http://127.0.0.1:1/x.xsd\" ");

        assertThat(READER.read(hinted).headerFault()).isNull();
    }

    @Test
    void halfASurrogatePairIsNoCharacter() {
        String split = ValidDocuments.dispatch().with("Title", "a\ud83db").xml();

        Codec.assertFault(READER.read(split).bodyFault(), "4001", "Title");
    }
}
