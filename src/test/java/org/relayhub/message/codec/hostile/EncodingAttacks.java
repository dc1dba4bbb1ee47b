package org.relayhub.message.codec.hostile;

import static org.relayhub.message.codec.hostile.HostileDocument.fault;
import static org.relayhub.message.codec.hostile.HostileDocument.refused;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Bytes that are not the UTF-8 text that they should be. */
final class EncodingAttacks {

    private static final String DECLARED = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    private final String valid = HostileDocuments.valid().soap();

    List<HostileDocument> make() {
        var all = new ArrayList<HostileDocument>();
        for (String charset : List.of("UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32", "IBM037", "GBK", "Big5")) {
            String title = charset.equals("IBM037") ? "x" : "投訴";
            all.add(fault(charset + " declared as UTF-8", encoded(charset, DECLARED + HostileDocuments.titled(title))));
            all.add(fault(charset + " undeclared", encoded(charset, HostileDocuments.titled(title))));
        }
        invalidSequences().forEach((name, hex) -> {
            all.add(fault(
                    name + " in a value",
                    withTitle(hex, HostileDocuments.valid().soap())));
            all.add(fault(
                    name + " in the body in text",
                    withTitle(hex, HostileDocuments.titledInText(HostileDocuments.TITLE))));
        });
        all.add(fault("invalid UTF-8 in a name", latin1(valid.replace("<Title>", "<Tit\u00ffle>"))));
        all.add(fault("invalid UTF-8 before the envelope", latin1("\u00ff" + valid)));
        all.add(fault("invalid UTF-8 in a comment", latin1(HostileDocuments.titled("<!--\u00ff-->x"))));
        all.add(fault("two byte order marks", "\ufeff\ufeff" + valid));
        all.add(fault("byte order mark of UTF-16 before UTF-8", latin1("\u00fe\u00ff" + valid)));
        all.add(refused("byte order mark between elements", "0105", valid.replace("<TestFlag>", "\ufeff<TestFlag>")));
        all.add(refused("next line between elements", "0105", valid.replace("<TestFlag>", "\u0085<TestFlag>")));
        all.add(refused("ideographic space between elements", "0106", valid.replace("<Title>", "\u3000<Title>")));
        all.add(refused("full-width digits", "4001", valid.replace("13900000000</MSISDN>", "１３９００００００００</MSISDN>")));
        all.add(fault(
                        "GBK bytes in an unknown encoding",
                        encoded("GBK", "<?xml version=\"1.0\" encoding=\"x-none\"?>" + HostileDocuments.titled("投诉")))
                .as("text/xml"));
        all.add(fault(
                        "encoding name that is none",
                        encoded(
                                "GBK",
                                "<?xml version=\"1.0\" encoding=\"../../etc\"?>" + HostileDocuments.titled("投诉")))
                .as("text/xml"));
        all.add(fault("UTF-7", "+ADw-InterBOSS+AD4-"));
        all.add(fault("XML 2.0", "<?xml version=\"2.0\"?>" + valid));
        all.add(fault("declaration without a version", "<?xml encoding=\"UTF-8\"?>" + valid));
        all.add(fault("declaration with a wrong standalone", "<?xml version=\"1.0\" standalone=\"maybe\"?>" + valid));
        all.add(fault("declaration after a blank", " " + DECLARED + valid));
        all.add(fault("two declarations", DECLARED + DECLARED + valid));
        all.add(refused(
                "control character of XML 1.1 in a value",
                "4001",
                "<?xml version=\"1.1\"?>" + HostileDocuments.titled("a&#1;b")));
        all.add(refused(
                "control character of XML 1.1 in the header",
                "0105",
                "<?xml version=\"1.1\"?>" + valid.replace("<ConvID>", "<ConvID>&#2;")));
        all.add(refused(
                "control character of XML 1.1 in the body in text",
                "4001",
                HostileDocuments.titledInText("a&#1;b").replace("<![CDATA[", "<![CDATA[<?xml version=\"1.1\"?>")));
        all.add(fault("compressed", compressed(valid)));
        return all;
    }

    private static Map<String, String> invalidSequences() {
        var sequences = new LinkedHashMap<String, String>();
        sequences.put("overlong slash of two bytes", "c0af");
        sequences.put("overlong slash of three bytes", "e080af");
        sequences.put("overlong null", "c080");
        sequences.put("continuation alone", "80");
        sequences.put("truncated sequence", "e68a");
        sequences.put("surrogates as UTF-8", "eda0bdedb880");
        sequences.put("sequence of five bytes", "f888808080");
        sequences.put("character beyond Unicode", "f4908080");
        sequences.put("byte FE", "fe");
        sequences.put("byte FF", "ff");
        return sequences;
    }

    private static byte[] withTitle(String hex, String request) {
        String bytes = new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
        String asBytes = new String(request.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        return latin1(asBytes.replace(HostileDocuments.TITLE, bytes));
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encoded(String charset, String text) {
        return text.getBytes(Charset.forName(charset));
    }

    private static byte[] compressed(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
