package org.relayhub.message.codec;

import java.io.StringWriter;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.relayhub.message.Body;

/** Writes a body element as XML that stands for itself: without prefixes, comments and attributes. */
public final class BodyText {

    private static final XMLOutputFactory WRITERS = new com.ctc.wstx.stax.WstxOutputFactory();

    private final StringWriter text = new StringWriter(1024);
    private final XMLStreamWriter xml;

    BodyText() {
        try {
            xml = WRITERS.createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw notInMemory(e);
        }
    }

    /**
     * A body that the hub makes.
     *
     * @param values in the order of the schema
     */
    public static Body of(String element, Map<String, String> values) {
        var body = new BodyText();
        body.openRoot(element);
        values.forEach((name, value) -> {
            body.open(name);
            body.value(value);
            body.close();
        });
        body.close();
        return new Body(element, body.finish(), Map.copyOf(values));
    }

    void openRoot(String element) {
        try {
            xml.writeStartElement(element);
            xml.writeDefaultNamespace(DocumentSchema.NAMESPACE);
        } catch (XMLStreamException e) {
            throw notInMemory(e);
        }
    }

    void open(String element) {
        try {
            xml.writeStartElement(element);
        } catch (XMLStreamException e) {
            throw notInMemory(e);
        }
    }

    void value(String value) {
        try {
            xml.writeCharacters(value);
        } catch (XMLStreamException e) {
            throw notInMemory(e);
        }
    }

    void close() {
        try {
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw notInMemory(e);
        }
    }

    String finish() {
        try {
            xml.flush();
            return text.toString();
        } catch (XMLStreamException e) {
            throw notInMemory(e);
        }
    }

    private static IllegalStateException notInMemory(XMLStreamException e) {
        return new IllegalStateException("writing to memory cannot fail", e);
    }
}
