package org.relayhub.spquality;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Something else under a right name: archives, never to be unpacked, and documents of other formats. */
final class ForeignContents {

    private static final int MEBIBYTE = 1 << 20;

    private final FileText right;
    private final List<BrokenFile> all = new ArrayList<>();

    ForeignContents(YearMonth month) {
        right = FileText.ofProvince(month);
    }

    List<BrokenFile> make() {
        try {
            archives();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        documents();
        binaries();
        return all;
    }

    private void archives() throws IOException {
        binary("a ZIP of the right file", zip(right.name(), right.bytes(), 1));
        binary("a ZIP with a path that climbs", zip("../../../" + right.name(), right.bytes(), 1));
        file("a ZIP bomb: 256 MiB of zeros", zip(right.name(), new byte[MEBIBYTE], 256), "F03", "F06", "R09");
        binary("an XLSX", zip("[Content_Types].xml", FileText.utf8("<Types/>"), 1));
        binary("a GZIP of the right file", gzip(right.bytes(), 1));
        file("a GZIP bomb: 256 MiB of zeros", gzip(new byte[MEBIBYTE], 256), "F03", "F06", "R09");
        byte[] tar = Arrays.copyOf(FileText.utf8(right.name()), 512);
        System.arraycopy(FileText.utf8("ustar"), 0, tar, 257, 5);
        file("a TAR", tar, "F03");
        byte[] behind = zip(right.name(), right.bytes(), 1);
        var both = new ByteArrayOutputStream();
        both.writeBytes(right.bytes());
        both.writeBytes(behind);
        file("a ZIP behind the right file", both.toByteArray(), "F03", "F06");
    }

    private void documents() {
        text("CSV with quotes", "\"SPID\",\"name\"\r\n\"901234\",\"Name\"\r\n");
        text("CSV with semicolons", right.text().replace('|', ';'));
        text("fields with tabs", right.text().replace('|', '\t'));
        text("HTML", "<!DOCTYPE html>\n<html><body><h1>502 Bad Gateway</h1></body></html>\n");
        text("JSON", "{\"type\":\"SPQ\",\"rows\":[{\"spId\":\"901234\"}]}\n");
        file("JSON, a million deep", FileText.utf8("[".repeat(1_000_000)), "F03", "R09");
        text("YAML that makes an object", "!!javax.script.ScriptEngineManager [!!java.net.URLClassLoader [[]]]\n");
        text(
                "XML that reads a file",
                "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>\n");
        text(
                "XML that swells",
                "<!DOCTYPE a [<!ENTITY b \"" + "b".repeat(1_000) + "\">]><a>" + "&b;".repeat(1_000) + "</a>");
        text("a script", "#!/bin/sh\ntouch /tmp/x\n");
        text("an expression", "${jndi:ldap://127.0.0.1/a}\n#{T(java.lang.Runtime).getRuntime().exit(1)}\n");
        text("SQL", "'); DROP TABLE sp_record; --\n");
        text("a ticket", "<InterBOSS><Version>0100</Version></InterBOSS>");
        text("a receipt of its own", "2|hotline|R04|a fixed line\nE|1|5\n");
        text("a mail in Base64", "Content-Transfer-Encoding: base64\n\nSHxTUFF8MjUwfA==\n");
    }

    private void binaries() {
        byte[] random = new byte[MEBIBYTE];
        new Random(1).nextBytes(random);
        binary("1 MiB at random", random);
        byte[] letters = new byte[MEBIBYTE];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = (byte) "HDT|0123456789\n\r".charAt(random[i] & 15);
        }
        // no line of it that begins with D| has the right number of parts
        file("1 MiB of the format's own characters at random", letters, "F03", "R09");
        for (String head : List.of(
                "25504446", "7F454C46", "4D5A9000", "89504E470D0A1A0A", "CAFEBABE", "ACED0005", "D0CF11E0A1B11AE1")) {
            byte[] content = Arrays.copyOf(HexFormat.of().parseHex(head), 2_000);
            System.arraycopy(random, 0, content, 8, content.length - 8);
            binary("a binary that begins with " + head, content);
        }
    }

    private static byte[] zip(String entry, byte[] block, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            var file = new ZipEntry(entry);
            // the same bytes at any time
            file.setTime(0);
            zip.putNextEntry(file);
            write(zip, block, times);
            zip.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] block, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            write(gzip, block, times);
        }
        return bytes.toByteArray();
    }

    private static void write(OutputStream to, byte[] block, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            to.write(block);
        }
    }

    /** It has no header, and bytes that are no text in either encoding. */
    private void binary(String description, byte[] content) {
        file(description, content, "F03", "F06");
    }

    private void text(String description, String content) {
        file(description, FileText.utf8(content), "F03");
    }

    private void file(String description, byte[] content, String... codes) {
        all.add(BrokenFile.of(description, "CRM-250", right.name(), content, codes));
    }
}
