package org.relayhub.message.codec;

import com.ctc.wstx.exc.WstxLazyException;
import java.io.StringReader;
import java.time.Clock;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codes.CodesOfDay;

/**
 * Reads a document and checks it by the schema in the same pass. Faults of header and body are kept apart, because a
 * sender is told of its identity and its way before it is told of its body. Thread-safe.
 */
public final class DocumentReader {

    private final DocumentSchema schema;
    private final Clock clock;
    private final XMLInputFactory parsers = SafeParsers.newFactory();

    public DocumentReader(DocumentSchema schema, Clock clock) {
        this.schema = schema;
        this.clock = clock;
    }

    /**
     * Reads a document from text.
     *
     * @throws MalformedDocumentException if it is no well-formed XML, or more than one document
     */
    public InterBossDocument read(String xml) {
        try {
            XMLStreamReader parser = parsers.createXMLStreamReader(new StringReader(xml));
            InterBossDocument document = pass(parser);
            SafeParsers.moveToEnd(parser);
            return document;
        } catch (XMLStreamException e) {
            throw SafeParsers.malformed(e);
        } catch (WstxLazyException e) {
            throw SafeParsers.malformed(e);
        }
    }

    /**
     * Reads a document from a parser that stands on its root element or before it, and leaves it on the root's end.
     *
     * @throws MalformedDocumentException if what comes is no well-formed XML
     */
    public InterBossDocument read(XMLStreamReader xml) {
        try {
            return pass(xml);
        } catch (XMLStreamException e) {
            throw SafeParsers.malformed(e);
        } catch (WstxLazyException e) {
            throw SafeParsers.malformed(e);
        }
    }

    private InterBossDocument pass(XMLStreamReader xml) throws XMLStreamException {
        SafeParsers.moveToElement(xml);
        return new DocumentPass(schema, new CodesOfDay(clock), parsers, xml).document();
    }
}
