package org.relayhub.operations.console.ticket;

import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stax.StAXSource;
import javax.xml.transform.stream.StreamResult;
import org.relayhub.message.codec.SafeParsers;

/** A canonical document as a person reads it: an element a line. */
final class IndentedDocument {

    private IndentedDocument() {}

    /**
     * Indents a document of the ledger.
     *
     * @throws IllegalStateException if it is none
     */
    static String of(String document) {
        try {
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Transformer indenting = factory.newTransformer();
            indenting.setOutputProperty(OutputKeys.INDENT, "yes");
            indenting.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            indenting.setOutputProperty("{http://xml.apache.org/xslt}indent-amount", "2");
            var text = new StringWriter();
            var reader = SafeParsers.newFactory().createXMLStreamReader(new StringReader(document));
            indenting.transform(new StAXSource(reader), new StreamResult(text));
            return text.toString().strip();
        } catch (TransformerException | XMLStreamException e) {
            throw new IllegalStateException("a document of the ledger cannot be read", e);
        }
    }
}
