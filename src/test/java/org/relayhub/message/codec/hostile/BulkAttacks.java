package org.relayhub.message.codec.hostile;

import static org.relayhub.message.codec.hostile.HostileDocument.fault;
import static org.relayhub.message.codec.hostile.HostileDocument.refused;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Too deep, too long, too many. */
final class BulkAttacks {

    private static final int MEBIBYTE = 1 << 20;

    private final String valid = HostileDocuments.valid().soap();

    List<HostileDocument> make() {
        var all = new ArrayList<HostileDocument>();
        for (int depth : List.of(33, 1_000, 100_000)) {
            String nest = "<a>".repeat(depth) + "</a>".repeat(depth);
            String open = "<a>".repeat(depth);
            all.add(fault(depth + " deep in a value", HostileDocuments.titled(nest)));
            all.add(fault(depth + " deep and never closed", HostileDocuments.titled(open)));
            all.add(fault(depth + " deep in SvcCont", valid.replace("<DispatchReq>", nest + "<DispatchReq>")));
            all.add(fault(depth + " deep in the header", valid.replace("<MsgSender>", nest + "<MsgSender>")));
            all.add(fault(depth + " deep for the document", valid.replaceAll("<InterBOSS.*</InterBOSS>", nest)));
            all.add(fault(
                    depth + " deep in the SOAP header",
                    valid.replace("<soap:Body>", "<soap:Header>" + nest + "</soap:Header><soap:Body>")));
            all.add(refused(depth + " deep in the body in text", "0106", HostileDocuments.titledInText(nest)));
        }
        texts(all);
        names(all);
        return all;
    }

    private void texts(List<HostileDocument> all) {
        String huge = "x".repeat(MEBIBYTE + 1);
        all.add(fault("text of over 1 MiB in a value", HostileDocuments.titled(huge)));
        all.add(fault("text of over 1 MiB in the body in text", HostileDocuments.titledInText(huge)));
        all.add(fault("text of over 1 MiB in the header", valid.replace("<TransIDO>", "<TransIDO>" + huge)));
        all.add(fault("CDATA of over 1 MiB", HostileDocuments.titled("<![CDATA[" + huge + "]]>")));
        all.add(fault("comment of over 1 MiB", HostileDocuments.titled("<!--" + huge + "-->x")));
        all.add(fault("comment of over 1 MiB before the envelope", "<!--" + huge + "-->" + valid));
        all.add(fault("blanks of over 1 MiB before the envelope", " ".repeat(MEBIBYTE + 1) + valid));
        all.add(fault(
                "blanks of over 1 MiB between elements", valid.replace("<Title>", " ".repeat(MEBIBYTE) + "<Title>")));
        all.add(fault("blanks of over 1 MiB after the envelope", valid + " ".repeat(MEBIBYTE + 1)));
        all.add(fault("character references of over 1 MiB", HostileDocuments.titled("&#120;".repeat(200_000))));
        all.add(refused("text of 900,000 characters", "4004", HostileDocuments.titled("x".repeat(900_000))));
        all.add(refused(
                "ticket of 900,000 digits", "4004", valid.replace("<IndictSeq>", "<IndictSeq>" + "1".repeat(900_000))));
        all.add(refused(
                "time of 900,000 digits", "4004", valid.replace("<OriginTime>", "<OriginTime>" + "1".repeat(900_000))));
        all.add(refused(
                "node of 900,000 digits", "0105", valid.replace("<RouteValue>", "<RouteValue>" + "0".repeat(900_000))));
        all.add(refused("80,000 sections of CDATA", "4003", HostileDocuments.titled("<![CDATA[]]>".repeat(80_000))));
        all.add(refused("100,000 comments", "4003", HostileDocuments.titled("<!---->".repeat(100_000))));
    }

    private void names(List<HostileDocument> all) {
        String huge = "n".repeat(MEBIBYTE + 1);
        String large = "n".repeat(100_000);
        all.add(fault("name of over 1 MiB", HostileDocuments.titled("<" + huge + "/>")));
        all.add(fault("attribute of over 1 MiB", valid.replace("<Title>", "<Title a=\"" + huge + "\">")));
        all.add(fault(
                "attribute of 5,000 characters", valid.replace("<Title>", "<Title a=\"" + "n".repeat(5_000) + "\">")));
        all.add(fault(
                "attribute of 5,000 characters on the envelope",
                valid.replace("<soap:Envelope ", "<soap:Envelope a=\"" + "n".repeat(5_000) + "\" ")));
        all.add(refused("name of 100,000 characters in a value", "0106", HostileDocuments.titled("<" + large + "/>")));
        all.add(refused(
                "name of 100,000 characters in the header",
                "0105",
                valid.replace("<MsgSender>", "<" + large + "/><MsgSender>")));
        all.add(refused(
                "name of 100,000 characters for the body",
                "0106",
                valid.replaceAll("<DispatchReq>.*</DispatchReq>", "<" + large + "/>")));
        all.add(refused(
                "attribute name of 100,000 characters",
                "0106",
                valid.replace("<Title>", "<Title " + large + "=\"1\">")));
        all.add(refused("200,000 elements in a value", "0106", HostileDocuments.titled("<a/>".repeat(200_000))));
        all.add(refused(
                "200,000 elements in a body", "0106", valid.replace("<Title>", "<a/>".repeat(200_000) + "<Title>")));
        all.add(refused(
                "100,000 elements in the header",
                "0105",
                valid.replace("<MsgSender>", "<a/>".repeat(100_000) + "<MsgSender>")));
        all.add(fault("1,000 attributes", valid.replace("<Title>", "<Title" + many(" a%d=\"1\"", 1_000) + ">")));
        all.add(fault("33 attributes", valid.replace("<Title>", "<Title" + many(" a%d=\"1\"", 33) + ">")));
        all.add(fault("33 namespaces", valid.replace("<Title>", "<Title" + many(" xmlns:a%d=\"urn:%1$d\"", 33) + ">")));
        all.add(fault(
                "20,000 namespaces",
                valid.replace("<Title>", "<Title" + many(" xmlns:a%d=\"urn:%1$d\"", 20_000) + ">")));
        all.add(fault(
                "20,000 namespaces on the document",
                valid.replace("<InterBOSS", "<InterBOSS" + many(" xmlns:a%d=\"urn:%1$d\"", 20_000))));
        all.add(fault(
                "20,000 namespaces on the envelope",
                valid.replace("<soap:Envelope", "<soap:Envelope" + many(" xmlns:a%d=\"urn:%1$d\"", 20_000))));
    }

    private static String many(String format, int count) {
        return IntStream.range(0, count).mapToObj(format::formatted).collect(Collectors.joining());
    }
}
