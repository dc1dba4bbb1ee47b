package org.relayhub.message.codec;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Parsers for XML from outside: no document type, no entity but XML's own, bounded in every direction. */
public final class SafeParsers {

    /** The greatest document in bytes: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    /** The deepest nesting of elements. */
    public static final int MAX_DEPTH = 32;

    static final int MAX_ATTRIBUTES = 32;
    static final int MAX_ATTRIBUTE_LENGTH = 4096;

    private SafeParsers() {}

    /** A factory whose parsers are safe for any input. Thread-safe once made. */
    public static XMLInputFactory newFactory() {
        var factory = new WstxInputFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(WstxInputProperties.P_MAX_CHARACTERS, (long) MAX_BYTES);
        factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
        factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_LENGTH);
        return factory;
    }

    /**
     * Moves a parser to the root element unless it stands on an element already.
     *
     * @throws XMLStreamException if the XML is not well formed, or has a document type
     */
    static void moveToElement(XMLStreamReader xml) throws XMLStreamException {
        while (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
            if (xml.next() == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a document type is not allowed", xml.getLocation());
            }
        }
    }
}
