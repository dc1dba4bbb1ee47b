package org.relayhub.message.multipart;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.relayhub.Messages;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;

/** A multipart form that is written by hand, with nothing of the hub's own code between. Immutable. */
public record Form(List<Part> parts, String boundary) {

    public static final String BOUNDARY = "boundary-of-the-form";
    public static final String TICKET = "20261122CSVC2500000001";

    /** @param headers each with its line end */
    public record Part(String headers, byte[] content) {}

    public static Form empty() {
        return new Form(List.of(), BOUNDARY);
    }

    /** A dispatch of CRM-250, right in every element. */
    public static Form valid() {
        return of(document());
    }

    public static String document() {
        return Messages.message(Activity.DISPATCH, Party.of("CRM-250"), Party.of("CSVC-000"), TICKET)
                .canonical();
    }

    public static Form of(String document) {
        return empty().with("xmlhead", head(document)).with("xmlbody", body(document));
    }

    /** The document without SvcCont. */
    public static String head(String document) {
        return document.replaceAll("(?s)<SvcCont>.*</SvcCont>", "");
    }

    /** SvcCont, standing for itself. */
    public static String body(String document) {
        return document.replaceAll(
                "(?s).*<SvcCont>(.*)</SvcCont>.*", "<SvcCont xmlns=\"urn:relay-hub:interboss:1\">$1</SvcCont>");
    }

    public Form with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public Form with(String name, byte[] content) {
        return withHeaders(
                "Content-Disposition: form-data; name=\"" + name + "\"\r\nContent-Type: text/xml; charset=UTF-8\r\n",
                content);
    }

    public Form withHeaders(String headers, byte[] content) {
        List<Part> more = new ArrayList<>(parts);
        more.add(new Part(headers, content));
        return new Form(List.copyOf(more), boundary);
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    public byte[] bytes() {
        var bytes = new ByteArrayOutputStream();
        for (Part part : parts) {
            bytes.writeBytes(("--" + boundary + "\r\n" + part.headers() + "\r\n").getBytes(StandardCharsets.UTF_8));
            bytes.writeBytes(part.content());
            bytes.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        bytes.writeBytes(("--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
