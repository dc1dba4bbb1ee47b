package org.relayhub.message.multipart;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The corpus of hostile forms. All are made of one valid form, so that nothing but what a name says is wrong with each. */
public final class HostileForms {

    private static final String XSI = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";

    private final List<HostileForm> all = new ArrayList<>();
    private final String document = Form.document();
    private final String head = Form.head(document);
    private final String body = Form.body(document);
    private final Form valid = Form.of(document);

    private HostileForms() {}

    public static List<HostileForm> all() {
        var forms = new HostileForms();
        forms.types();
        forms.boundaries();
        forms.numbersOfParts();
        forms.headersOfParts();
        forms.cuts();
        forms.sizes();
        forms.encodings();
        forms.markup();
        forms.partTricks();
        return forms.all;
    }

    private void add(String name, String contentType, byte[] bytes, int status, String says) {
        all.add(new HostileForm(name, contentType, bytes, status, says));
    }

    private void add(String name, Form form, int status, String says) {
        add(name, form.contentType(), form.bytes(), status, says);
    }

    private void raw(String name, String text, String says) {
        add(name, valid.contentType(), text.getBytes(StandardCharsets.UTF_8), 400, says);
    }

    private void head(String name, String content, String says) {
        add(name + ", in xmlhead", Form.empty().with("xmlhead", content).with("xmlbody", body), 400, says);
    }

    private void body(String name, String content, String says) {
        add(name + ", in xmlbody", Form.empty().with("xmlhead", head).with("xmlbody", content), 400, says);
    }

    private void both(String name, String before, String after) {
        head(name, before + head + after, "xmlhead: ");
        body(name, before + body + after, "xmlbody: ");
    }

    private void types() {
        for (String type : List.of(
                "text/xml",
                "text/xml; boundary=" + Form.BOUNDARY,
                "application/x-www-form-urlencoded",
                "multipart/mixed; boundary=" + Form.BOUNDARY,
                "multipart/related; boundary=" + Form.BOUNDARY,
                "multipart/*; boundary=" + Form.BOUNDARY,
                "multipart/form-data",
                "multipart/form-data; boundary=" + Form.BOUNDARY + "; charset=GBK",
                "multipart/form-data; boundary=" + Form.BOUNDARY + "; start=xmlhead",
                "multipart/form-data; boundary=a; boundary=" + Form.BOUNDARY + "; x",
                "multipart",
                "*/*")) {
            add("as " + type, type, valid.bytes(), 415, "");
        }
        add("a whole document as multipart", valid.contentType(), document.getBytes(StandardCharsets.UTF_8), 400, "");
        add("boundary that is empty", "multipart/form-data; boundary=\"\"", valid.bytes(), 415, "");
        add("boundary of another form", "multipart/form-data; boundary=other", valid.bytes(), 400, "");
        add(
                "boundary in another case",
                valid.contentType().replace("boundary-of", "Boundary-of"),
                valid.bytes(),
                400,
                "");
        add("boundary with a quote", "multipart/form-data; boundary=\"b\\\"\"", valid.bytes(), 400, "");
    }

    private void boundaries() {
        raw("nothing at all", "", "");
        raw("boundary alone", "--" + Form.BOUNDARY, "");
        raw("last boundary alone", "--" + Form.BOUNDARY + "--\r\n", "");
        raw("text before the first part", "hello\r\n" + valid.text(), "");
        raw("document before the first part", document + "\r\n" + valid.text(), "");
        raw("text after the last part", valid.text() + "hello", "");
        raw("second form after the first", valid.text() + valid.text(), "");
        raw("null bytes after the last part", valid.text() + "\0\0", "");
        raw("boundary with one dash", valid.text().replace("--" + Form.BOUNDARY, "-" + Form.BOUNDARY), "");
        raw(
                "boundary within a value",
                valid.text().replace("<TestFlag>", "\r\n--" + Form.BOUNDARY + "\r\n\r\n<TestFlag>"),
                "");
        raw(
                "last boundary within a value",
                valid.text().replace("<TestFlag>", "\r\n--" + Form.BOUNDARY + "--\r\n<TestFlag>"),
                "");
    }

    private void numbersOfParts() {
        add("no part", Form.empty(), 400, "");
        add("xmlhead alone", Form.empty().with("xmlhead", head), 400, "xmlbody: ");
        add("xmlbody alone", Form.empty().with("xmlbody", body), 400, "xmlhead: ");
        add("xmlhead twice", valid.with("xmlhead", head), 400, "xmlhead: ");
        add("xmlbody twice", valid.with("xmlbody", body), 400, "xmlbody: ");
        add("xmlhead twice and no xmlbody", Form.empty().with("xmlhead", head).with("xmlhead", head), 400, "xmlhead: ");
        add("a third part", valid.with("attachment", "x"), 400, "part 3: ");
        add(
                "a third part before the others",
                Form.empty().with("x", "").with("xmlhead", head).with("xmlbody", body),
                400,
                "");
        add("a third part of no name", valid.withHeaders("Content-Disposition: form-data\r\n", new byte[0]), 400, "");
        add("a third part of no header", valid.withHeaders("", new byte[0]), 400, "");
        add("a third part of no content", valid.with("", ""), 400, "");
        add("charset as a part", valid.with("_charset_", "GBK"), 400, "");
        add("names in upper case", Form.empty().with("XMLHEAD", head).with("XMLBODY", body), 400, "");
        add("names with blanks", Form.empty().with(" xmlhead", head).with("xmlbody ", body), 400, "");
        Form many = valid;
        for (int i = 0; i < 2_000; i++) {
            many = i % 100 == 0 ? many.with("p" + i, "x") : many;
        }
        add("many parts", many, 400, "");
    }

    private void headersOfParts() {
        header("attachment instead of form-data", "Content-Disposition: attachment; name=\"xmlhead\"\r\n", "");
        header("two names", "Content-Disposition: form-data; name=\"xmlhead\"; name=\"x\"\r\n", "");
        header(
                "two dispositions",
                "Content-Disposition: form-data; name=\"xmlhead\"\r\n"
                        + "Content-Disposition: form-data; name=\"xmlbody\"\r\n",
                "xmlhead: ");
        header("name in a comment", "Content-Disposition: form-data; (name=\"xmlhead\")\r\n", "");
        header("extended name", "Content-Disposition: form-data; name*=UTF-8''xmlhead\r\n", "");
        header("header that is none", "Content-Disposition: form-data; name=\"xmlhead\"\r\nhello\r\n", "xmlhead: ");
        String named = "Content-Disposition: form-data; name=\"xmlhead\"\r\n";
        header("1,000 headers", named + "X: y\r\n".repeat(1_000), "xmlhead: ");
        header("20 headers", named + headers(20), "xmlhead: ");
        header("header of 100,000 characters", named + "X: " + "y".repeat(100_000) + "\r\n", "part 1: ");
        header("type of an image", named + "Content-Type: image/png\r\n", "xmlhead: ");
        header("charset of another encoding", named + "Content-Type: text/xml; charset=GBK\r\n", "xmlhead: ");
        header("two charsets", named + "Content-Type: text/xml; charset=UTF-8; charset=GBK\r\n", "xmlhead: ");
        header("base64", named + "Content-Transfer-Encoding: base64\r\n", "xmlhead: ");
        header("quoted-printable", named + "Content-Transfer-Encoding: quoted-printable\r\n", "xmlhead: ");
        header("message for a part", named + "Content-Type: message/rfc822\r\n", "xmlhead: ");
        header("form for a part", named + "Content-Type: multipart/mixed; boundary=inner\r\n", "xmlhead: ");
        byte[] inner = ("--inner\r\nContent-Disposition: form-data; name=\"xmlhead\"\r\n\r\n" + head
                        + "\r\n--inner--\r\n")
                .getBytes(StandardCharsets.UTF_8);
        add(
                "form within the form",
                Form.empty()
                        .withHeaders(named + "Content-Type: multipart/form-data; boundary=inner\r\n", inner)
                        .with("xmlbody", body),
                400,
                "xmlhead: ");
    }

    private static String headers(int count) {
        var headers = new StringBuilder();
        for (int i = 0; i < count; i++) {
            headers.append("X-").append(i).append(": y\r\n");
        }
        return headers.toString();
    }

    private void header(String name, String headers, String says) {
        add(
                name,
                Form.empty()
                        .withHeaders(headers, head.getBytes(StandardCharsets.UTF_8))
                        .with("xmlbody", body),
                400,
                says);
    }

    private void cuts() {
        byte[] whole = valid.bytes();
        for (int tenth = 1; tenth < 10; tenth++) {
            add(
                    "cut off after " + tenth + " tenths",
                    valid.contentType(),
                    Arrays.copyOf(whole, whole.length * tenth / 10),
                    400,
                    "");
        }
        raw("without the last boundary", valid.text().replace("--" + Form.BOUNDARY + "--\r\n", ""), "");
        raw("without the last dashes", valid.text().replace("--" + Form.BOUNDARY + "--\r\n", "--" + Form.BOUNDARY), "");
        raw(
                "line end before the last dashes",
                valid.text().replace(Form.BOUNDARY + "--", Form.BOUNDARY + "\r\n--"),
                "");
    }

    private void sizes() {
        String filling = " ".repeat(1 << 20);
        add("too large in xmlhead", Form.empty().with("xmlhead", head + filling).with("xmlbody", body), 413, "");
        add("too large in xmlbody", Form.empty().with("xmlhead", head).with("xmlbody", body + filling), 413, "");
        String half = " ".repeat(1 << 19);
        add("too large in both", Form.empty().with("xmlhead", head + half).with("xmlbody", body + half), 413, "");
        add(
                "too large before the parts",
                valid.contentType(),
                (filling + valid.text()).getBytes(StandardCharsets.UTF_8),
                413,
                "");
        String deep = "<a>".repeat(40) + "</a>".repeat(40);
        head("too deep", head.replace("</InterBOSS>", deep + "</InterBOSS>"), "xmlhead: ");
        body("too deep", body.replace("</SvcCont>", deep + "</SvcCont>"), "xmlbody: ");
        // 31 levels below SvcCont are what a parser of the part alone takes, and one more than the document may have.
        String joined = "<a>".repeat(31) + "</a>".repeat(31);
        body("too deep once it is joined", body.replace("</SvcCont>", joined + "</SvcCont>"), "xmlbody: ");
        head("100 attributes", head.replace("<Version>", "<Version " + attributes(100) + ">"), "xmlhead: ");
    }

    private static String attributes(int count) {
        var attributes = new StringBuilder();
        for (int i = 0; i < count; i++) {
            attributes.append(" a").append(i).append("=''");
        }
        return attributes.toString();
    }

    private void encodings() {
        for (Charset charset : List.of(
                StandardCharsets.UTF_16,
                StandardCharsets.UTF_16LE,
                Charset.forName("GBK"),
                Charset.forName("UTF-32"))) {
            byte[] encoded = body.getBytes(charset);
            add("xmlbody in " + charset, Form.empty().with("xmlhead", head).with("xmlbody", encoded), 400, "xmlbody: ");
        }
        byte[] utf16 = head.getBytes(StandardCharsets.UTF_16);
        add("xmlhead in UTF-16", Form.empty().with("xmlhead", utf16).with("xmlbody", body), 400, "xmlhead: ");
        byte[] overlong = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] bad = Arrays.copyOf(overlong, overlong.length + 2);
        bad[overlong.length] = (byte) 0xc0;
        bad[overlong.length + 1] = (byte) 0xbc;
        add("overlong sequence", Form.empty().with("xmlhead", bad).with("xmlbody", body), 400, "xmlhead: ");
        both("null byte", "", "\0");
    }

    private void markup() {
        both("document type", "<!DOCTYPE x>", "");
        both("entity from a file", XSI, "");
        both("processing instruction", "<?php system('id'); ?>", "");
        both("text before", "hello", "");
        both("text after", "", "hello");
        both("element after", "", "<more/>");
        both("itself twice", "<x>", "</x>");
        head("entity that nobody declared", head.replace("<TestFlag>0", "<TestFlag>&e;"), "xmlhead: ");
        body("entity that nobody declared", body.replace("梦网", "&e;"), "xmlbody: ");
        head("nothing", "", "xmlhead: ");
        body("nothing", "", "xmlbody: ");
        head("text alone", "hello", "xmlhead: ");
        body("text alone", "hello", "xmlbody: ");
        head("SOAP", "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"/>", "xmlhead: ");
        add(
                "entity in the text of SvcCont",
                Form.empty()
                        .with("xmlhead", head)
                        .with(
                                "xmlbody",
                                "<SvcCont xmlns=\"urn:relay-hub:interboss:1\"><![CDATA[" + XSI
                                        + "<DispatchReq xmlns=\"urn:relay-hub:interboss:1\">&e;</DispatchReq>]]></SvcCont>"),
                200,
                "0106");
    }

    private void partTricks() {
        head("whole document", document, "xmlhead: ");
        head("empty SvcCont", head.replace("</InterBOSS>", "<SvcCont/></InterBOSS>"), "xmlhead: ");
        head("SvcCont first", head.replace("<Version>", "<SvcCont/><Version>"), "xmlhead: ");
        head("open root", head.replace("</InterBOSS>", ""), "xmlhead: ");
        head("open root and comment", head.replace("</InterBOSS>", "<!--"), "xmlhead: ");
        head("open CDATA", head.replace("</InterBOSS>", "<![CDATA["), "xmlhead: ");
        head("another root", head.replace("InterBOSS", "OuterBOSS"), "xmlhead: ");
        head("another namespace", head.replace("interboss:1", "interboss:2"), "xmlhead: ");
        head("no namespace", head.replace(" xmlns=\"urn:relay-hub:interboss:1\"", ""), "xmlhead: ");
        head("parts changed places", body, "xmlhead: ");
        body("parts changed places", head, "xmlbody: ");
        body("whole document", document, "xmlbody: ");
        body("end of the document after it", body + "</InterBOSS>", "xmlbody: ");
        body("end of the document before it", "</InterBOSS>" + body, "xmlbody: ");
        body("end of a comment", "-->" + body, "xmlbody: ");
        body("end of CDATA", "]]>" + body, "xmlbody: ");
        body("two of them", body + body, "xmlbody: ");
        body("body without SvcCont", body.replaceAll("</?SvcCont[^>]*>", ""), "xmlbody: ");
        body(
                "no namespace but that of the head",
                body.replaceFirst(" xmlns=\"[^\"]*\"", "").replaceFirst(" xmlns=\"[^\"]*\"", ""),
                "xmlbody: ");
        body(
                "prefix of the head",
                body.replace("<SvcCont", "<h:SvcCont").replace("</SvcCont", "</h:SvcCont"),
                "xmlbody: ");
        body("another namespace", body.replace("interboss:1", "interboss:2"), "xmlbody: ");
        body("in lower case", body.replace("SvcCont", "svccont"), "xmlbody: ");
        coded("empty SvcCont", head, "<SvcCont xmlns=\"urn:relay-hub:interboss:1\"/>", "0106");
        coded("two bodies", head, body.replaceFirst("(?s)>(.*)</SvcCont>", ">$1$1</SvcCont>"), "0106");
        coded("attribute of SvcCont", head, body.replace("<SvcCont", "<SvcCont a=\"b\""), "0106");
        coded("header without Version", head.replaceAll("<Version>.*</Version>", ""), body, "0105");
        coded("SvcCont within the header", head.replace("<Version>", "<X><SvcCont/></X><Version>"), body, "0105");
    }

    private void coded(String name, String headPart, String bodyPart, String code) {
        add(name, Form.empty().with("xmlhead", headPart).with("xmlbody", bodyPart), 200, code);
    }
}
