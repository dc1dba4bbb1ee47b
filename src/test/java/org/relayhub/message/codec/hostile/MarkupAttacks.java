package org.relayhub.message.codec.hostile;

import static org.relayhub.message.codec.hostile.HostileDocument.fault;
import static org.relayhub.message.codec.hostile.HostileDocument.refused;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Marks that are wrong, or that hide what a value is. */
final class MarkupAttacks {

    private final String valid = HostileDocuments.valid().soap();

    List<HostileDocument> make() {
        var all = new ArrayList<HostileDocument>();
        marks().forEach((name, mark) -> {
            all.add(fault(name + " in a value", HostileDocuments.titled(mark)));
            if (!mark.contains("]]>") && !mark.contains("\0") && !mark.contains("\1") && !mark.contains("\u001f")) {
                all.add(refused(name + " in the body in text", "0106", HostileDocuments.titledInText(mark)));
            }
        });
        all.add(fault("null byte in a name", valid.replace("<Title>", "<Ti\0tle>")));
        all.add(fault("null byte in an attribute", valid.replace("<Title>", "<Title a=\"\0\">")));
        all.add(fault("null byte between elements", valid.replace("<Title>", "\0<Title>")));
        all.add(fault("null byte in the header", valid.replace("<TransIDO>", "<TransIDO>\0")));
        all.add(fault("null byte before the envelope", "\0" + valid));
        all.add(fault("null byte in the body in text", HostileDocuments.titledInText("a\0b")));
        all.add(fault("control character in the body in text", HostileDocuments.titledInText("a\1b")));
        all.add(refused("U+FFFF in a value", "4001", HostileDocuments.titled("\uffff")));
        all.add(fault(
                "body in text that ends early",
                HostileDocuments.titledInText("]]>").replace("</Title>", "<Title>")));
        all.add(fault("elements that cross", valid.replace("</Title><ServiceContent>", "<ServiceContent></Title>")));
        all.add(fault("element that is closed by another name", valid.replace("</Title>", "</title>")));
        all.add(fault("element that is never closed", valid.replace("</Title>", "")));
        all.add(fault("prefix that is not declared", valid.replace("Title>", "p:Title>")));
        all.add(fault("prefix of the reserved name xmlns", valid.replace("<Title>", "<Title xmlns:xmlns=\"urn:x\">")));
        all.add(fault("prefix xml for another namespace", valid.replace("<Title>", "<Title xmlns:xml=\"urn:x\">")));
        all.add(fault("prefix that is taken back", valid.replace("<Title>", "<Title xmlns:soap=\"\">")));
        all.add(fault("attribute twice", valid.replace("<Title>", "<Title a=\"1\" a=\"2\">")));
        all.add(fault(
                "attribute twice by two prefixes",
                valid.replace("<Title>", "<Title xmlns:p=\"urn:x\" xmlns:q=\"urn:x\" p:a=\"1\" q:a=\"2\">")));
        all.add(fault("attribute without quotes", valid.replace("<Title>", "<Title a=1>")));
        all.add(fault("attribute without a value", valid.replace("<Title>", "<Title a>")));
        all.add(fault("mark in an attribute", valid.replace("<Title>", "<Title a=\"<\">")));
        all.add(fault("processing instruction in the document", valid.replace("<Version>", "<?x y?><Version>")));
        all.add(fault("processing instruction in SvcCont", valid.replace("<SvcCont>", "<SvcCont><?x y?>")));
        all.add(fault("processing instruction after the envelope", valid + "<?x y?>"));
        all.add(refused("comment for a value", "4003", HostileDocuments.titled("<!-- a title -->")));
        all.add(refused(
                "comment that hides how long a value is",
                "4004",
                HostileDocuments.titled("x".repeat(150) + "<!-- -->" + "x".repeat(150))));
        all.add(refused("comment that splits a code", "4002", valid.replace("<UrgentId>01", "<UrgentId>0<!-- 1 -->9")));
        all.add(refused(
                "comment that splits a code of the header",
                "0105",
                valid.replace("<Version>0100", "<Version>01<!-- -->99")));
        all.add(refused(
                "CDATA that splits a number",
                "4001",
                valid.replace("<MSISDN>13900000000", "<MSISDN>1390<![CDATA[000]]>000x")));
        return all;
    }

    private static Map<String, String> marks() {
        var marks = new LinkedHashMap<String, String>();
        marks.put("null byte", "a\0b");
        marks.put("control character 1", "a\1b");
        marks.put("control character 1F", "a\u001fb");
        marks.put("mark alone", "a < b");
        marks.put("end of CDATA", "a]]>b");
        marks.put("comment with two hyphens", "<!-- a -- b -->");
        marks.put("comment without its end", "<!-- a");
        marks.put("CDATA without its end", "<![CDATA[a");
        marks.put("CDATA in lower case", "<![cdata[a]] >");
        marks.put("processing instruction", "<?php system('id'); ?>");
        marks.put("processing instruction without its end", "<?x ");
        marks.put("XML declaration", "<?xml version=\"1.0\"?>");
        marks.put("name that begins with a digit", "<1a/>");
        marks.put("name with two colons", "<a:b:c xmlns:a=\"urn:x\"/>");
        marks.put("element without a name", "<>x</>");
        marks.put("end without a start", "</b>");
        marks.put("start without an end", "<b>");
        marks.put("document type", "<!DOCTYPE x>");
        marks.put("conditional section", "<![IGNORE[a]] >");
        return marks;
    }
}
