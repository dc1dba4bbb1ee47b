package org.relayhub.message.codec.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.message.Fault;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.Codec;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.codec.hostile.HostileDocument.Expectation;

/** Every hostile request against the codec, behind a reading of SOAP that does no more than SOAP 1.1 asks. */
class HostileDocumentsTest {

    private static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final long MEMORY = 64L << 20;

    private static final XMLInputFactory PARSERS = SafeParsers.newFactory();
    private static final DocumentReader READER = Codec.reader();

    static List<HostileDocument> hostileDocuments() {
        return HostileDocuments.all();
    }

    @Test
    void thereAreAtLeastTwoHundredAndEachHasANameOfItsOwn() {
        assertThat(HostileDocuments.all()).hasSizeGreaterThanOrEqualTo(200);
        assertThat(HostileDocuments.all()).extracting(HostileDocument::name).doesNotHaveDuplicates();
    }

    @Test
    void theRequestThatTheyAreMadeOfIsRight() throws XMLStreamException {
        for (String request : List.of(HostileDocuments.titled("x"), HostileDocuments.titledInText("x"))) {
            InterBossDocument document =
                    read(new HostileDocument("right", bytes(request), HostileDocument.UTF_8, Expectation.EITHER, null));

            assertThat(document.headerFault()).isNull();
            assertThat(document.bodyFault()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("hostileDocuments")
    @Timeout(value = 2, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aHostileRequestIsAnsweredWithAFaultOrACodeQuicklyAndInLittleMemory(HostileDocument hostile) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        String outcome = outcome(hostile);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MEMORY);
        switch (hostile.expectation()) {
            case FAULT -> assertThat(outcome).isEqualTo("fault");
            case REFUSED -> assertThat(outcome).isEqualTo(hostile.code());
            case EITHER -> assertThat(outcome).isNotEqualTo("right");
        }
    }

    private static String outcome(HostileDocument hostile) {
        try {
            InterBossDocument document = read(hostile);
            Fault fault = document.headerFault() != null ? document.headerFault() : document.bodyFault();
            if (fault == null) {
                return "right";
            }
            assertThat(fault.description()).hasSizeLessThan(200);
            return fault.code();
        } catch (XMLStreamException | MalformedDocumentException e) {
            return "fault";
        }
    }

    private static InterBossDocument read(HostileDocument hostile) throws XMLStreamException {
        var bytes = new ByteArrayInputStream(hostile.bytes());
        XMLStreamReader xml = hostile.contentType().contains("charset=utf-8")
                ? PARSERS.createXMLStreamReader(bytes, "UTF-8")
                : PARSERS.createXMLStreamReader(bytes);
        xml.nextTag();
        require(xml, "Envelope");
        xml.nextTag();
        if (xml.getLocalName().equals("Header")) {
            headers(xml);
            xml.nextTag();
        }
        require(xml, "Body");
        xml.nextTag();
        if (!xml.isStartElement()) {
            throw new XMLStreamException("an empty body");
        }
        InterBossDocument document = READER.read(xml);
        end(xml);
        end(xml);
        while (xml.hasNext()) {
            xml.next();
        }
        return document;
    }

    private static void headers(XMLStreamReader xml) throws XMLStreamException {
        require(xml, "Header");
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if ("1".equals(xml.getAttributeValue(SOAP, "mustUnderstand"))) {
                    throw new XMLStreamException("a header that is not understood");
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private static void require(XMLStreamReader xml, String name) throws XMLStreamException {
        xml.require(XMLStreamConstants.START_ELEMENT, SOAP, name);
    }

    private static void end(XMLStreamReader xml) throws XMLStreamException {
        if (xml.nextTag() != XMLStreamConstants.END_ELEMENT) {
            throw new XMLStreamException("more than one document");
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
