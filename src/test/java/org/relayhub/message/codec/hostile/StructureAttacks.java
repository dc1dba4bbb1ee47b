package org.relayhub.message.codec.hostile;

import static org.relayhub.message.codec.hostile.HostileDocument.refused;

import java.util.ArrayList;
import java.util.List;
import org.relayhub.message.codec.Draft;
import org.relayhub.message.codec.WireForm;
import org.relayhub.message.codec.XmlNode;

/** Well-formed documents that are made otherwise than the schema has it. */
final class StructureAttacks {

    private static final String NAMESPACE = "urn:relay-hub:interboss:1";

    private final Draft draft = HostileDocuments.valid();
    private final String valid = draft.soap();
    private final String inText = draft.form(WireForm.TEXT).soap();

    List<HostileDocument> make() {
        var all = new ArrayList<HostileDocument>();
        duplicates(all);
        namespaces(all);
        bodies(all);
        names(all);
        return all;
    }

    private void duplicates(List<HostileDocument> all) {
        for (String name : names(draft.without("SvcCont").tree())) {
            all.add(refused(
                    "two of " + name + " in the header",
                    "0105",
                    draft.doubled(name).soap()));
        }
        for (String name : names(draft.tree().find("DispatchReq").orElseThrow().node())) {
            all.add(refused(
                    "two of " + name + " in the body",
                    "0106",
                    draft.doubled(name).soap()));
        }
        all.add(refused(
                "two tickets in the body in text",
                "0106",
                draft.doubled("IndictSeq").form(WireForm.TEXT).soap()));
        all.add(refused("two of SvcCont", "0105", draft.doubled("SvcCont").soap()));
        all.add(refused(
                "two bodies in SvcCont", "0106", draft.doubled("DispatchReq").soap()));
        all.add(refused(
                "two bodies in SvcCont as text",
                "0106",
                draft.doubled("DispatchReq").form(WireForm.TEXT).soap()));
        all.add(refused(
                "two different bodies in SvcCont",
                "0106",
                valid.replace(
                        "</DispatchReq>",
                        "</DispatchReq><QueryReq><IndictSeq>20261122CSVC2500000001</IndictSeq></QueryReq>")));
    }

    private static List<String> names(XmlNode node) {
        var names = new ArrayList<String>();
        node.visit(null, place -> {
            if (place.parent() != null) {
                names.add(place.node().name());
            }
        });
        return names;
    }

    private void namespaces(List<HostileDocument> all) {
        all.add(refused(
                "document in another namespace", "0105", valid.replace(NAMESPACE, "urn:relay-hub:interboss:2")));
        all.add(refused("document in no namespace", "0105", valid.replace(" xmlns=\"" + NAMESPACE + "\"", "")));
        all.add(refused("namespace in upper case", "0105", valid.replace(NAMESPACE, "URN:RELAY-HUB:INTERBOSS:1")));
        all.add(refused("namespace and a blank", "0105", valid.replace(NAMESPACE, NAMESPACE + " ")));
        for (String element : List.of("Version", "BIPType", "OrigDomain", "SNReserve", "MsgSender", "SvcCont")) {
            all.add(refused(element + " in another namespace", "0105", foreign(element, "urn:x")));
            all.add(refused(element + " in no namespace", "0105", foreign(element, "")));
        }
        for (String element : List.of("DispatchReq", "IndictSeq", "Title", "SPID")) {
            all.add(refused(element + " in another namespace", "0106", foreign(element, "urn:x")));
            all.add(refused(element + " in no namespace", "0106", foreign(element, "")));
        }
        all.add(refused(
                "body in text in another namespace",
                "0106",
                inText.replace("<DispatchReq xmlns=\"" + NAMESPACE, "<DispatchReq xmlns=\"urn:x")));
        all.add(refused(
                "body in text in no namespace",
                "0106",
                inText.replace("<DispatchReq xmlns=\"" + NAMESPACE + "\"", "<DispatchReq")));
    }

    private String foreign(String element, String namespace) {
        return valid.replace("<" + element + ">", "<" + element + " xmlns=\"" + namespace + "\">");
    }

    private void bodies(List<HostileDocument> all) {
        String document = draft.xml();
        all.add(refused("text beside the body", "0106", valid.replace("<SvcCont>", "<SvcCont>and ")));
        all.add(refused("text after the body", "0106", valid.replace("</SvcCont>", "and</SvcCont>")));
        all.add(refused(
                "body as element and as text",
                "0106",
                valid.replace(
                        "<SvcCont>",
                        "<SvcCont><![CDATA[<QueryReq xmlns=\"" + NAMESPACE
                                + "\"><IndictSeq>20261122CSVC2500000001</IndictSeq></QueryReq>]]>")));
        all.add(refused("text that is no XML", "0106", valid.replaceAll("<DispatchReq>.*</DispatchReq>", "hello")));
        all.add(refused("text that is JSON", "0106", valid.replaceAll("<DispatchReq>.*</DispatchReq>", "{\"a\": 1}")));
        all.add(refused("text after the body in text", "0106", inText.replace("</DispatchReq>", "</DispatchReq>and")));
        all.add(refused("text before the body in text", "0106", inText.replace("<![CDATA[", "<![CDATA[and")));
        all.add(refused("document as the body", "0106", valid.replaceAll("<DispatchReq>.*</DispatchReq>", document)));
        all.add(refused(
                "document as the body in text",
                "0106",
                valid.replaceAll("<DispatchReq>.*</DispatchReq>", "<![CDATA[" + document + "]]>")));
        all.add(refused(
                "body in text in text",
                "0106",
                inText.replaceAll("<DispatchReq.*</DispatchReq>", "&lt;QueryReq/&gt;")));
        all.add(refused(
                "CDATA in CDATA",
                "0106",
                inText.replace("<![CDATA[", "<![CDATA[<![CDATA[").replace("]]>", "]]]]><![CDATA[>]]>")));
        all.add(refused(
                "SvcCont in SvcCont",
                "0106",
                valid.replace("<SvcCont>", "<SvcCont><SvcCont>").replace("</SvcCont>", "</SvcCont></SvcCont>")));
        all.add(refused(
                "SvcCont before the header",
                "0105",
                valid.replaceAll("(<Version>.*</SNReserve>)(<SvcCont>.*</SvcCont>)", "$2$1")));
        all.add(
                refused(
                        "response in a request",
                        "0105",
                        valid.replace(
                                "<SvcCont>",
                                "<Response><RspType>0</RspType><RspCode>0000</RspCode><RspDesc>x</RspDesc></Response><SvcCont>")));
        all.add(refused(
                "serial of the receiver in a request",
                "0105",
                valid.replace("</TransInfo>", "<TransIDH>HUB1</TransIDH></TransInfo>")));
        all.add(refused("element in a value", "0106", HostileDocuments.titled("a<b/>c")));
        all.add(refused("the same element in a value", "0106", HostileDocuments.titled("<Title>x</Title>")));
        all.add(refused("text beside elements of the body", "0106", valid.replace("<Title>", "and<Title>")));
        all.add(refused("text beside elements of the header", "0105", valid.replace("<TransIDO>", "and<TransIDO>")));
    }

    private void names(List<HostileDocument> all) {
        all.add(refused("SvcCont in lower case", "0105", valid.replace("SvcCont>", "svccont>")));
        all.add(refused("body in another case", "0106", valid.replace("DispatchReq>", "dispatchReq>")));
        all.add(refused("header element in upper case", "0105", valid.replace("Version>", "VERSION>")));
        all.add(refused("body element in upper case", "0106", valid.replace("Title>", "TITLE>")));
        all.add(refused("unknown body", "0106", valid.replace("DispatchReq>", "DeleteReq>")));
        all.add(refused("name of look-alike letters", "0106", valid.replace("Title>", "Т" + "itle>")));
        String instance = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
        for (String element : List.of("Title", "IndictSeq", "DispatchReq")) {
            all.add(refused(
                    "xsi:type on " + element,
                    "0106",
                    valid.replace("<" + element + ">", "<" + element + instance + " xsi:type=\"string\">")));
            all.add(refused(
                    "xsi:nil on " + element,
                    "0106",
                    valid.replace("<" + element + ">", "<" + element + instance + " xsi:nil=\"true\">")));
            all.add(refused(
                    "attribute on " + element,
                    "0106",
                    valid.replace("<" + element + ">", "<" + element + " id=\"1\">")));
        }
        all.add(refused(
                "xsi:nil on an empty value",
                "0106",
                HostileDocuments.titled("").replace("<Title>", "<Title" + instance + " xsi:nil=\"1\">")));
        all.add(refused(
                "xsi:type on SvcCont",
                "0106",
                valid.replace("<SvcCont>", "<SvcCont" + instance + " xsi:type=\"DispatchReq\">")));
        all.add(refused(
                "xsi:type on a header element",
                "0105",
                valid.replace("<MsgSender>", "<MsgSender" + instance + " xsi:type=\"string\">")));
        all.add(refused(
                "xsi:type on the document",
                "0105",
                valid.replace("<InterBOSS ", "<InterBOSS" + instance + " xsi:type=\"Response\" ")));
        all.add(refused(
                "xsi:nil on the document",
                "0105",
                valid.replace("<InterBOSS ", "<InterBOSS" + instance + " xsi:nil=\"true\" ")));
        all.add(refused(
                "xsi:type on the body in text",
                "0106",
                inText.replace("<DispatchReq ", "<DispatchReq" + instance + " xsi:type=\"QueryReq\" ")));
        all.add(refused(
                "attribute xml:base", "0106", valid.replace("<Title>", "<Title xml:base=\"http://127.0.0.1:1/\">")));
    }
}
