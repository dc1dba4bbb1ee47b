package org.relayhub.message.codec;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.relayhub.message.Body;
import org.relayhub.message.codec.rule.GbkLength;

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
     * A body that the hub makes, without elements that repeat.
     *
     * @param values in the order of the schema
     */
    public static Body of(String element, Map<String, String> values) {
        var body = new Draft(element);
        values.forEach(body::value);
        return body.finish();
    }

    /** A body that the hub makes, element by element in the order of the schema. */
    public static final class Draft {

        private final String element;
        private final BodyText text = new BodyText();
        private final Map<String, List<String>> values = new HashMap<>();

        public Draft(String element) {
            this.element = element;
            text.openRoot(element);
        }

        /** Adds a value. */
        public Draft value(String name, String value) {
            text.open(name);
            text.value(value);
            text.close();
            values.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
            return this;
        }

        /** Adds an element that holds values itself, in the order of the schema. */
        public Draft group(String name, Map<String, String> group) {
            text.open(name);
            group.forEach(this::value);
            text.close();
            return this;
        }

        public Body finish() {
            text.close();
            return new Body(element, text.finish(), Map.copyOf(values));
        }
    }

    /**
     * A body with another value of one of its single elements.
     *
     * @param next the mandatory element before which it stands where it is missing
     */
    public static Body with(Body body, String name, String value, String next) {
        var element = new BodyText();
        element.open(name);
        element.value(value);
        element.close();
        // The writer escapes every mark-up in a value, so that these marks are elements and nothing else.
        Matcher there =
                Pattern.compile("<" + name + "(/>|>[^<]*</" + name + ">)").matcher(body.xml());
        int before = body.xml().indexOf("<" + next + ">");
        if (!there.find() && before < 0) {
            throw new IllegalArgumentException(body.element() + " has no " + next);
        }
        String xml = there.reset().find()
                ? body.xml().substring(0, there.start())
                        + element.finish()
                        + body.xml().substring(there.end())
                : body.xml().substring(0, before)
                        + element.finish()
                        + body.xml().substring(before);
        Map<String, List<String>> values = new HashMap<>(body.values());
        values.put(name, List.of(value));
        return new Body(body.element(), xml, Map.copyOf(values));
    }

    /** As much of a text as fits into so many bytes in GBK, cut between characters. */
    public static String fitted(String text, int bytes) {
        if (GbkLength.of(text) <= bytes) {
            return text;
        }
        int end = 0;
        int left = bytes;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            left -= GbkLength.of(text.substring(end, next));
            if (left < 0) {
                break;
            }
            end = next;
        }
        return text.substring(0, end);
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
