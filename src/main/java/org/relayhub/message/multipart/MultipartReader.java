package org.relayhub.message.multipart;

import com.ctc.wstx.exc.WstxLazyException;
import java.io.ByteArrayInputStream;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.SafeParsers;

/** Reads a document that comes as a multipart form. Thread-safe. */
public final class MultipartReader {

    private final DocumentReader reader;
    private final XMLInputFactory parsers = SafeParsers.newFactory();

    public MultipartReader(DocumentReader reader) {
        this.reader = reader;
    }

    /** Whether a content type is that of a multipart form, in UTF-8 if it says. */
    public static boolean isForm(@Nullable String contentType) {
        return FormReader.isForm(contentType);
    }

    /**
     * Reads the document, and both parts to their ends.
     *
     * @param contentType of a form, with its boundary
     * @throws MalformedDocumentException if the form is not whole, holds other parts than the two, or one of them is no
     *     well-formed XML or not what its name says; the message names the part and holds nothing of it
     */
    public InterBossDocument read(String contentType, byte[] content) {
        Map<String, byte[]> parts = new FormReader().read(contentType, content);
        JoinedParts xml = new JoinedParts(parser(parts, DocumentParts.HEAD), parser(parts, DocumentParts.BODY));
        try {
            xml.begin();
            InterBossDocument document = reader.read(xml);
            xml.end();
            return document;
        } catch (MalformedDocumentException e) {
            throw new MalformedDocumentException(xml.part() + ": " + e.getMessage());
        } catch (XMLStreamException | WstxLazyException e) {
            throw notWellFormed(xml.part());
        }
    }

    private XMLStreamReader parser(Map<String, byte[]> parts, String name) {
        try {
            return parsers.createXMLStreamReader(new ByteArrayInputStream(parts.get(name)));
        } catch (XMLStreamException e) {
            throw notWellFormed(name);
        }
    }

    private static MalformedDocumentException notWellFormed(String part) {
        return new MalformedDocumentException(part + ": the XML is not well formed");
    }
}
