package org.relayhub.message.codec;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.exc.WstxLazyException;
import com.ctc.wstx.stax.WstxInputFactory;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.codehaus.stax2.XMLStreamReader2;
import org.codehaus.stax2.util.StreamReader2Delegate;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.MalformedDocumentException;

/** Parsers for XML from outside: no document type, no entity but XML's own, bounded in every direction. */
public final class SafeParsers {

    /** The greatest document in bytes: 1 MiB. */
    public static final int MAX_BYTES = 1 << 20;

    /** The deepest nesting of elements. */
    public static final int MAX_DEPTH = 32;

    static final int MAX_ATTRIBUTES = 32;
    static final int MAX_ATTRIBUTE_LENGTH = 4096;

    private SafeParsers() {}

    /**
     * A factory whose parsers are safe for any input. They read bytes as UTF-8, whatever an XML declaration says, unless
     * they are given another encoding. Thread-safe once made.
     */
    public static XMLInputFactory newFactory() {
        var factory = new SafeFactory();
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
            if (!xml.hasNext()) {
                throw new XMLStreamException("no element comes", xml.getLocation());
            }
            if (xml.next() == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a document type is not allowed", xml.getLocation());
            }
        }
    }

    /**
     * Moves a parser to the end of its input.
     *
     * @throws XMLStreamException if more than one root element comes, or the XML is not well formed
     */
    static void moveToEnd(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            xml.next();
        }
    }

    /** The fault of what a parser could not read: where it is, and nothing of what is there. */
    static MalformedDocumentException malformed(XMLStreamException e) {
        return new MalformedDocumentException(
                e.getLocation() == null
                        ? "the XML is not well formed"
                        : "the XML is not well formed at line "
                                + e.getLocation().getLineNumber() + ", column "
                                + e.getLocation().getColumnNumber());
    }

    /** The same of what the parser has found out too late to say where. */
    static MalformedDocumentException malformed(WstxLazyException e) {
        return new MalformedDocumentException("the XML is not well formed");
    }

    private static final class SafeFactory extends WstxInputFactory {

        @Override
        public XMLStreamReader createXMLStreamReader(InputStream bytes) throws XMLStreamException {
            return createXMLStreamReader(characters(bytes, null));
        }

        @Override
        public XMLStreamReader createXMLStreamReader(InputStream bytes, @Nullable String encoding)
                throws XMLStreamException {
            return createXMLStreamReader(characters(bytes, encoding));
        }

        @Override
        public XMLStreamReader createXMLStreamReader(String systemId, InputStream bytes) throws XMLStreamException {
            return createXMLStreamReader(systemId, characters(bytes, null));
        }

        @Override
        public XMLStreamReader createXMLStreamReader(Reader characters) throws XMLStreamException {
            return new SafeReader((XMLStreamReader2) super.createXMLStreamReader(characters));
        }

        @Override
        public XMLStreamReader createXMLStreamReader(String systemId, Reader characters) throws XMLStreamException {
            return new SafeReader((XMLStreamReader2) super.createXMLStreamReader(systemId, characters));
        }

        /** The parser's own decoder takes overlong sequences for characters; Java's does not. */
        private static Reader characters(InputStream bytes, @Nullable String encoding) throws XMLStreamException {
            try {
                Charset charset = encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding);
                return new InputStreamReader(
                        bytes,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT));
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw new XMLStreamException("the encoding is not known", e);
            }
        }
    }

    /** Refuses what SOAP forbids in a message, and what the parser has no limit for. */
    private static final class SafeReader extends StreamReader2Delegate {

        private SafeReader(XMLStreamReader2 parser) {
            super(parser);
        }

        @Override
        public int next() throws XMLStreamException {
            int event = super.next();
            if (event == XMLStreamConstants.PROCESSING_INSTRUCTION || event == XMLStreamConstants.DTD) {
                throw new XMLStreamException("a document type or processing instruction is not allowed", getLocation());
            }
            if (event == XMLStreamConstants.START_ELEMENT && getNamespaceCount() > MAX_ATTRIBUTES) {
                throw new XMLStreamException("too many namespaces", getLocation());
            }
            return event;
        }

        /** The parser's own would pass over processing instructions. */
        @Override
        public int nextTag() throws XMLStreamException {
            int event = next();
            while (event == XMLStreamConstants.COMMENT
                    || event == XMLStreamConstants.SPACE
                    || ((event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)
                            && isWhiteSpace())) {
                event = next();
            }
            if (event != XMLStreamConstants.START_ELEMENT && event != XMLStreamConstants.END_ELEMENT) {
                throw new XMLStreamException("an element was expected", getLocation());
            }
            return event;
        }
    }
}
