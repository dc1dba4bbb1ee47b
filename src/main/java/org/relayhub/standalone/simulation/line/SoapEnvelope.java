package org.relayhub.standalone.simulation.line;

import com.ctc.wstx.exc.WstxLazyException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.SafeParsers;

/** A SOAP 1.1 envelope around one InterBOSS document. */
public final class SoapEnvelope {

    public static final String CONTENT_TYPE = "text/xml;charset=UTF-8";

    private static final String NAMESPACE = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String OPEN = "<soap:Envelope xmlns:soap=\"" + NAMESPACE + "\"><soap:Body>";
    private static final String CLOSE = "</soap:Body></soap:Envelope>";

    private final DocumentReader reader;
    private final XMLInputFactory parsers = SafeParsers.newFactory();

    public SoapEnvelope(DocumentReader reader) {
        this.reader = reader;
    }

    public static String wrap(String document) {
        return OPEN + document + CLOSE;
    }

    /** What is answered to something that is no document. */
    public static String clientFault() {
        return wrap("<soap:Fault><faultcode>soap:Client</faultcode>"
                + "<faultstring>no InterBOSS document in a SOAP 1.1 envelope</faultstring></soap:Fault>");
    }

    /**
     * Reads the document in an envelope.
     *
     * @throws MalformedDocumentException if there is no envelope with one, as in a SOAP fault
     */
    public InterBossDocument open(InputStream envelope) {
        try {
            XMLStreamReader xml = parsers.createXMLStreamReader(envelope);
            xml.nextTag();
            require(xml, "Envelope");
            xml.nextTag();
            if (xml.getLocalName().equals("Header")) {
                skip(xml);
                xml.nextTag();
            }
            require(xml, "Body");
            if (xml.nextTag() != XMLStreamConstants.START_ELEMENT || NAMESPACE.equals(xml.getNamespaceURI())) {
                throw new MalformedDocumentException("the SOAP body holds no document");
            }
            InterBossDocument document = reader.read(xml);
            while (xml.hasNext()) {
                xml.next();
            }
            return document;
        } catch (XMLStreamException | WstxLazyException e) {
            // The parser's own words may quote the document.
            throw new MalformedDocumentException("the envelope is not well formed");
        }
    }

    private static void require(XMLStreamReader xml, String element) {
        if (!xml.isStartElement()
                || !NAMESPACE.equals(xml.getNamespaceURI())
                || !xml.getLocalName().equals(element)) {
            throw new MalformedDocumentException("no SOAP 1.1 " + element + " where one is wanted");
        }
    }

    private static void skip(XMLStreamReader xml) throws XMLStreamException {
        for (int depth = 1; depth > 0; ) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }
}
