package org.relayhub.message.multipart;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.SafeParsers;

/**
 * Reads both parts as one document: the events of xmlhead, and before the end of its root those of xmlbody. Since each
 * part has a parser of its own, neither can open, close or declare anything for the other.
 */
final class JoinedParts extends StreamReaderDelegate {

    private static final String SVC_CONT = "SvcCont";

    private final XMLStreamReader head;
    private final XMLStreamReader body;
    private String part = DocumentParts.HEAD;
    private int depth;
    private boolean joined;

    /** Reads on from the beginning of two parts. */
    JoinedParts(XMLStreamReader head, XMLStreamReader body) {
        super(head);
        this.head = head;
        this.body = body;
    }

    /** The part that is being read. */
    String part() {
        return part;
    }

    /** Moves to the document's root. */
    void begin() throws XMLStreamException {
        moveToRoot(head, "InterBOSS");
        depth = 1;
    }

    @Override
    public int next() throws XMLStreamException {
        if (getParent() == body && depth == 1) {
            moveToEnd(body);
            setParent(head);
            part = DocumentParts.HEAD;
            depth = 0;
            return head.getEventType();
        }
        int event = super.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
            opened();
        } else if (event == XMLStreamConstants.END_ELEMENT) {
            depth--;
            return closed();
        }
        return event;
    }

    /** The parsers know only how deep they are in their own part. */
    private void opened() throws XMLStreamException {
        if (++depth > SafeParsers.MAX_DEPTH) {
            throw new XMLStreamException("too deep", getLocation());
        }
        if (depth == 2 && isOurs(head, SVC_CONT)) {
            throw malformed("must not hold SvcCont, which is the part xmlbody");
        }
    }

    private int closed() throws XMLStreamException {
        if (depth == 0 && !joined) {
            joined = true;
            part = DocumentParts.BODY;
            setParent(body);
            moveToRoot(body, SVC_CONT);
            depth = 2;
        }
        return getEventType();
    }

    /** Reads what comes after the document's root, so that nothing of the parts is left unread. */
    void end() throws XMLStreamException {
        moveToEnd(head);
    }

    private void moveToRoot(XMLStreamReader xml, String name) throws XMLStreamException {
        while (!xml.isStartElement()) {
            xml.next();
        }
        if (!isOurs(xml, name)) {
            throw malformed("must hold one " + name + " of namespace " + DocumentSchema.NAMESPACE);
        }
    }

    private static void moveToEnd(XMLStreamReader xml) throws XMLStreamException {
        while (xml.hasNext()) {
            xml.next();
        }
    }

    private static boolean isOurs(XMLStreamReader xml, String name) {
        return name.equals(xml.getLocalName()) && DocumentSchema.NAMESPACE.equals(xml.getNamespaceURI());
    }

    private static MalformedDocumentException malformed(String reason) {
        return new MalformedDocumentException(reason);
    }
}
