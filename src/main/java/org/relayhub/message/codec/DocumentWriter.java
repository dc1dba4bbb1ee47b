package org.relayhub.message.codec;

import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Response;

/**
 * Writes a document in its canonical form: no prefixes, no white space between elements, the body as a child, no
 * TransIDC. Two documents say the same if and only if their canonical forms are equal; {@link WireForm} makes of it what
 * a party is sent. Thread-safe.
 */
public final class DocumentWriter {

    private final XMLOutputFactory writers = new com.ctc.wstx.stax.WstxOutputFactory();

    public String write(InterBossDocument document) {
        var text = new StringWriter(2048);
        try {
            XMLStreamWriter xml = writers.createXMLStreamWriter(text);
            xml.writeStartElement("InterBOSS");
            xml.writeDefaultNamespace(DocumentSchema.NAMESPACE);
            header(xml, document.header());
            if (document.response() != null) {
                response(xml, document.response());
            }
            if (document.body() != null) {
                xml.writeStartElement("SvcCont");
                xml.writeCharacters("");
                xml.flush();
                text.write(document.body().xml());
                xml.writeEndElement();
            }
            xml.writeEndElement();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing to memory cannot fail", e);
        }
        return text.toString();
    }

    private static void header(XMLStreamWriter xml, Header header) throws XMLStreamException {
        value(xml, "Version", header.version());
        value(xml, "TestFlag", header.testFlag());
        xml.writeStartElement("BIPType");
        value(xml, "BIPCode", header.bipCode());
        value(xml, "ActivityCode", header.activityCode());
        value(xml, "ActionCode", header.actionCode());
        xml.writeEndElement();
        xml.writeStartElement("RoutingInfo");
        value(xml, "OrigDomain", header.origDomain());
        value(xml, "RouteType", header.routeType());
        xml.writeStartElement("Routing");
        value(xml, "HomeDomain", header.homeDomain());
        value(xml, "RouteValue", header.routeValue());
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeStartElement("TransInfo");
        value(xml, "SessionID", header.sessionId());
        value(xml, "TransIDO", header.transIdo());
        value(xml, "TransIDOTime", header.transIdoTime());
        value(xml, "TransIDH", header.transIdh());
        value(xml, "TransIDHTime", header.transIdhTime());
        xml.writeEndElement();
        xml.writeStartElement("SNReserve");
        value(xml, "MsgSender", header.msgSender());
        value(xml, "MsgReceiver", header.msgReceiver());
        value(xml, "ConvID", header.convId());
        value(xml, "CutOffDay", header.cutOffDay());
        xml.writeEndElement();
    }

    private static void response(XMLStreamWriter xml, Response response) throws XMLStreamException {
        xml.writeStartElement("Response");
        value(xml, "RspType", response.rspType());
        value(xml, "RspCode", response.rspCode());
        value(xml, "RspDesc", response.rspDesc());
        xml.writeEndElement();
    }

    private static void value(XMLStreamWriter xml, String name, @Nullable String value) throws XMLStreamException {
        if (value != null) {
            xml.writeStartElement(name);
            xml.writeCharacters(value);
            xml.writeEndElement();
        }
    }
}
