package org.relayhub.message.codec.hostile;

import static org.relayhub.message.codec.hostile.HostileDocument.either;
import static org.relayhub.message.codec.hostile.HostileDocument.fault;
import static org.relayhub.message.codec.hostile.HostileDocument.refused;

import java.util.ArrayList;
import java.util.List;

/** What is wrong outside the document: no SOAP, another SOAP, too much or too little in it. */
final class EnvelopeAttacks {

    private static final String SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
    private static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";

    private final String valid = HostileDocuments.valid().soap();
    private final String document = HostileDocuments.valid().xml();

    List<HostileDocument> make() {
        var all = new ArrayList<HostileDocument>();
        noSoap(all);
        envelopes(all);
        headers(all);
        all.add(refused(
                "MTOM include for a value",
                "0106",
                HostileDocuments.titled("<xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\""
                        + " href=\"cid:part@x\"/>")));
        all.add(refused(
                "MTOM include of a URL",
                "0106",
                HostileDocuments.titled("<xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\""
                        + " href=\"http://127.0.0.1:1/x\"/>")));
        return all;
    }

    private void noSoap(List<HostileDocument> all) {
        all.add(fault("no byte at all", ""));
        all.add(fault("blanks alone", " \r\n\t "));
        all.add(fault("one null byte", "\0"));
        all.add(fault("many null bytes", new byte[10_000]));
        all.add(fault("JSON", "{\"InterBOSS\": {\"Version\": \"0100\"}}"));
        all.add(fault("JSON array", "[1, 2, 3]"));
        all.add(fault("word alone", "null"));
        all.add(fault("form", "Version=0100&TestFlag=0"));
        all.add(fault("HTML", "<!DOCTYPE html><html><body><p>hello<br></body></html>"));
        all.add(fault("YAML", "InterBOSS:\n  Version: !!javax.script.ScriptEngineManager []\n"));
        all.add(fault("serialized Java object", new byte[] {(byte) 0xac, (byte) 0xed, 0, 5, 's', 'r', 0, 4}));
        all.add(fault("document without an envelope", document));
        all.add(fault("two documents without an envelope", document + document));
        all.add(fault("comment alone", "<!-- nothing -->"));
        all.add(fault("processing instruction alone", "<?php system('id'); ?>"));
    }

    private void envelopes(List<HostileDocument> all) {
        all.add(fault("SOAP 1.2", valid.replace(SOAP_11, SOAP_12)));
        all.add(fault("unknown version of SOAP", valid.replace(SOAP_11, "urn:soap:9")));
        all.add(fault(
                "envelope in no namespace", valid.replace("soap:", "").replace(" xmlns:soap=\"" + SOAP_11 + "\"", "")));
        all.add(fault(
                "envelope in the namespace of the document", valid.replace(SOAP_11, "urn:relay-hub:interboss:1")));
        all.add(fault("envelope in lower case", valid.replace("soap:Envelope", "soap:envelope")));
        all.add(fault("body in lower case", valid.replace("soap:Body", "soap:body")));
        all.add(fault("envelope of another name", valid.replace("soap:Envelope", "soap:Letter")));
        all.add(fault("envelope without a body", "<s:Envelope xmlns:s=\"" + SOAP_11 + "\"/>"));
        all.add(fault("body that is empty", valid.replace(document, "")));
        all.add(fault("body of text", valid.replace(document, "hello")));
        all.add(fault("body of a comment", valid.replace(document, "<!-- hello -->")));
        all.add(fault("document as text of the body", valid.replace(document, "<![CDATA[" + document + "]]>")));
        all.add(fault("two documents in one body", valid.replace(document, document + document)));
        all.add(fault(
                "two bodies", valid.replace("</soap:Body>", "</soap:Body><soap:Body>" + document + "</soap:Body>")));
        all.add(fault("header after the body", valid.replace("</soap:Body>", "</soap:Body><soap:Header/>")));
        all.add(fault("two envelopes", valid + valid));
        all.add(fault("text after the envelope", valid + "and more"));
        all.add(fault("element after the envelope", valid + "<more/>"));
        all.add(fault("null byte after the envelope", valid + "\0"));
        all.add(refused("document of another name", "0105", valid.replace("InterBOSS", "OuterBOSS")));
        all.add(refused("document in lower case", "0105", valid.replace("InterBOSS", "interboss")));
        all.add(refused(
                "document wrapped as RPC",
                "0105",
                valid.replace(
                        document, "<x:exchange xmlns:x=\"urn:relay-hub:interboss:1\">" + document + "</x:exchange>")));
        all.add(refused("document in a document", "0105", valid.replace("<Version>", document + "<Version>")));
        all.add(either(
                "fault for a request",
                valid.replace(
                        document,
                        "<soap:Fault><faultcode>soap:Client</faultcode><faultstring>x</faultstring></soap:Fault>")));
        all.add(either("envelope in an envelope", valid.replace(document, valid)));
    }

    private void headers(List<HostileDocument> all) {
        all.add(fault(
                "header that must be understood", withHeader("<x:Key xmlns:x=\"urn:x\" soap:mustUnderstand=\"1\"/>")));
        all.add(fault(
                "header that this actor must understand",
                withHeader("<x:Key xmlns:x=\"urn:x\" soap:mustUnderstand=\"1\""
                        + " soap:actor=\"http://schemas.xmlsoap.org/soap/actor/next\"/>")));
        all.add(fault(
                "security header that must be understood",
                withHeader("<w:Security soap:mustUnderstand=\"1\" xmlns:w=\"http://docs.oasis-open.org/wss/2004/01/"
                        + "oasis-200401-wss-wssecurity-secext-1.0.xsd\"><w:UsernameToken/></w:Security>")));
        all.add(fault(
                "1,000 headers that must be understood",
                withHeader("<x:Key xmlns:x=\"urn:x\" soap:mustUnderstand=\"1\"/>".repeat(1_000))));
    }

    private String withHeader(String header) {
        return valid.replace("<soap:Body>", "<soap:Header>" + header + "</soap:Header><soap:Body>");
    }
}
