package org.relayhub.message.codec.hostile;

import static org.relayhub.message.codec.hostile.HostileDocument.fault;
import static org.relayhub.message.codec.hostile.HostileDocument.refused;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Document types, entities and what else asks a parser to fetch or to multiply. */
final class EntityAttacks {

    private static final String XINCLUDE =
            "<xi:include xmlns:xi=\"http://www.w3.org/2001/XInclude\" href=\"file:///etc/passwd\" parse=\"text\"/>";
    private static final String STYLESHEET = "<?xml-stylesheet type=\"text/xsl\" href=\"http://127.0.0.1:1/x.xsl\"?>";

    List<HostileDocument> make() {
        var all = new ArrayList<HostileDocument>();
        documentTypes().forEach((name, subset) -> {
            String type = "<!DOCTYPE Envelope " + subset + ">";
            all.add(fault(name + " before the envelope", type + HostileDocuments.titled("&e;")));
            all.add(fault(
                    name + " before the document",
                    HostileDocuments.titled("&e;").replace("<InterBOSS", type + "<InterBOSS")));
            all.add(refused(
                    name + " before the body in text",
                    "0106",
                    HostileDocuments.titledInText("&e;").replace("<DispatchReq", type + "<DispatchReq")));
        });
        references().forEach((name, reference) -> {
            all.add(fault(name + " in a value", HostileDocuments.titled(reference)));
            all.add(refused(name + " in the body in text", "0106", HostileDocuments.titledInText(reference)));
        });
        String valid = HostileDocuments.valid().soap();
        all.add(fault("undeclared entity in the header", valid.replace("<TestFlag>1", "<TestFlag>&one;")));
        all.add(refused("XInclude in a value", "0106", HostileDocuments.titled(XINCLUDE)));
        all.add(refused("XInclude in a value in text", "0106", HostileDocuments.titledInText(XINCLUDE)));
        all.add(refused("XInclude in the header", "0105", valid.replace("<MsgSender>2500", "<MsgSender>" + XINCLUDE)));
        all.add(refused("XInclude for the body", "0106", valid.replaceAll("<DispatchReq>.*</DispatchReq>", XINCLUDE)));
        all.add(refused("XInclude for the document", "0105", valid.replaceAll("<InterBOSS.*</InterBOSS>", XINCLUDE)));
        all.add(fault("stylesheet before the envelope", STYLESHEET + valid));
        all.add(fault("stylesheet before the document", valid.replace("<InterBOSS", STYLESHEET + "<InterBOSS")));
        all.add(refused(
                "stylesheet before the body in text",
                "0106",
                HostileDocuments.titledInText("x").replace("<DispatchReq", STYLESHEET + "<DispatchReq")));
        return all;
    }

    private static Map<String, String> documentTypes() {
        var types = new LinkedHashMap<String, String>();
        types.put("empty document type", "");
        types.put("file entity", "[<!ENTITY e SYSTEM \"file:///etc/passwd\">]");
        types.put("endless file entity", "[<!ENTITY e SYSTEM \"file:///dev/zero\">]");
        types.put("HTTP entity", "[<!ENTITY e SYSTEM \"http://127.0.0.1:1/e\">]");
        types.put("FTP entity", "[<!ENTITY e SYSTEM \"ftp://127.0.0.1:1/e\">]");
        types.put("jar entity", "[<!ENTITY e SYSTEM \"jar:http://127.0.0.1:1/e.jar!/e\">]");
        types.put("public entity", "[<!ENTITY e PUBLIC \"-//X//E\" \"http://127.0.0.1:1/e\">]");
        types.put("parameter entity of a file", "[<!ENTITY % p SYSTEM \"file:///etc/passwd\"> %p;]");
        types.put("parameter entity of HTTP", "[<!ENTITY % p SYSTEM \"http://127.0.0.1:1/p.dtd\"> %p;]");
        types.put("external document type of a file", "SYSTEM \"file:///etc/passwd\"");
        types.put("external document type of HTTP", "SYSTEM \"http://127.0.0.1:1/x.dtd\"");
        types.put("public document type", "PUBLIC \"-//X//X\" \"http://127.0.0.1:1/x.dtd\"");
        types.put("billion laughs", laughs());
        types.put("quadratic entity", "[<!ENTITY e \"" + "x".repeat(50_000) + "\">]");
        types.put("entity of itself", "[<!ENTITY e \"&f;\"><!ENTITY f \"&e;\">]");
        types.put("harmless entity", "[<!ENTITY e \"Title\">]");
        types.put("default attribute", "[<!ATTLIST Title xmlns CDATA \"urn:other\"><!ENTITY e \"x\">]");
        types.put("unparsed entity", "[<!NOTATION n SYSTEM \"n\"><!ENTITY e SYSTEM \"file:///etc/passwd\" NDATA n>]");
        return types;
    }

    private static String laughs() {
        var entities = new StringBuilder("[<!ENTITY l0 \"lol\">");
        for (int i = 1; i < 30; i++) {
            entities.append("<!ENTITY l").append(i).append(" \"").append(("&l" + (i - 1) + ";").repeat(10));
            entities.append("\">");
        }
        return entities + "<!ENTITY e \"&l29;\">]";
    }

    private static Map<String, String> references() {
        var references = new LinkedHashMap<String, String>();
        references.put("undeclared entity", "&e;");
        references.put("entity of HTML", "&nbsp;");
        references.put("ampersand alone", "a & b");
        references.put("ampersand and semicolon", "&;");
        references.put("reference without its end", "&amp b");
        references.put("reference to the null character", "&#0;");
        references.put("reference to a control character", "&#1;");
        references.put("reference to a backspace", "&#x8;");
        references.put("reference to a high surrogate", "&#xD83D;");
        references.put("reference to a low surrogate", "&#xDE00;");
        references.put("references to two surrogates", "&#xD83D;&#xDE00;");
        references.put("reference to U+FFFE", "&#xFFFE;");
        references.put("reference to U+FFFF", "&#xFFFF;");
        references.put("reference beyond Unicode", "&#x110000;");
        references.put("reference beyond an int", "&#99999999999;");
        references.put("reference to a negative number", "&#-1;");
        references.put("reference to no number", "&#xZZ;");
        return references;
    }
}
