package org.relayhub.spquality;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Bytes that are no text in the encoding that the header says, or in any. */
final class EncodingFaults {

    /** What is no character in UTF-8, in hex digits, and why. */
    private static final List<List<String>> NOT_UTF8 = List.of(
            List.of("C0AF", "an overlong slash of two bytes"),
            List.of("C1BF", "an overlong DEL"),
            List.of("E080AF", "an overlong slash of three bytes"),
            List.of("F08080AF", "an overlong slash of four bytes"),
            List.of("C080", "Java's own NUL"),
            List.of("C17C", "a pipe as a trail byte"),
            List.of("EDA080", "a high surrogate"),
            List.of("EDBFBF", "a low surrogate"),
            List.of("EDA0BDEDB880", "a pair of surrogates"),
            List.of("F4908080", "a character above U+10FFFF"),
            List.of("F888808080", "five bytes"),
            List.of("FC8480808080", "six bytes"),
            List.of("FE", "FE"),
            List.of("FF", "FF"),
            List.of("80", "a trail byte alone"),
            List.of("E68E", "two bytes of three"),
            List.of("F09F98", "three bytes of four"),
            List.of("E6", "a lead byte alone"));

    /** What is no character in GB18030, in hex digits, and why. */
    private static final List<List<String>> NOT_GB18030 = List.of(
            List.of("FF", "FF"),
            List.of("817F", "7F as a trail byte"),
            List.of("813081", "three bytes of four"),
            List.of("8130FF30", "FF as the third byte of four"),
            List.of("81308120", "a blank as the fourth byte of four"),
            List.of("E3329A36", "four bytes above U+10FFFF"),
            List.of("FE39FE39", "the last four bytes"));

    private final FileText right;
    private final List<BrokenFile> all = new ArrayList<>();

    EncodingFaults(YearMonth month) {
        right = FileText.ofProvince(month);
    }

    List<BrokenFile> make() {
        wholeFiles();
        marks();
        for (List<String> wrong : NOT_UTF8) {
            inEachPlace("UTF-8", wrong.get(0), wrong.get(1));
        }
        for (List<String> wrong : NOT_GB18030) {
            inEachPlace("GB18030", wrong.get(0), wrong.get(1));
        }
        nuls();
        return all;
    }

    private void wholeFiles() {
        for (String charset : List.of("GBK", "GB18030", "Big5", "EUC-KR", "Shift_JIS")) {
            String name = charset.equals("EUC-KR") ? "한국" : "中文";
            byte[] bytes = right.inAscii()
                    .with(FileText.ROW.replace("禾砚资讯", name))
                    .text()
                    .getBytes(Charset.forName(charset));
            undecodable(charset + " stated UTF-8", bytes);
        }
        byte[] latin = right.inAscii()
                .with(FileText.ROW.replace("禾砚资讯", "caf\u00E9"))
                .text()
                .getBytes(StandardCharsets.ISO_8859_1);
        undecodable("Latin-1 stated UTF-8", latin);
        // by GB18030 the third byte of the name takes the pipe behind it for its second half
        FileText odd = right.in("GB18030").inAscii().with(FileText.ROW.replace("禾砚资讯", "掌"));
        file("UTF-8 stated GB18030, which makes a pipe part of a character", FileText.utf8(odd.text()), "R09");
        // what is no header states no encoding; these bytes are none in UTF-8 nor in GB18030
        for (String charset : List.of("UTF-16", "UTF-16BE", "UTF-32", "IBM1047")) {
            file(charset + " stated UTF-8", right.text().getBytes(Charset.forName(charset)), "F03", "F06");
        }
        // by chance each line is text in GB18030
        file("UTF-16LE stated UTF-8", right.text().getBytes(StandardCharsets.UTF_16LE), "F03");
    }

    private void marks() {
        byte[] bytes = right.bytes();
        undecodable("a byte order mark of UTF-8", join(hex("EFBBBF"), bytes));
        // no header begins with these
        file("two byte order marks", join(hex("EFBBBFEFBBBF"), bytes), "F03", "F06");
        file("a byte order mark of UTF-16 before UTF-8", join(hex("FFFE"), bytes), "F03", "F06");
        undecodable(
                "a byte order mark of GB18030",
                join(hex("84319533"), right.in("GB18030").bytes()));
    }

    private void inEachPlace(String encoding, String digits, String what) {
        FileText stated = right.in(encoding);
        byte[] wrong = hex(digits);
        String named = encoding + ", " + what;
        undecodable(named + ": in a name", stated.with(FileText.ROW.replace("禾砚", "@")), wrong);
        undecodable(named + ": at the end of a line", stated.with(FileText.ROW + "@"), wrong);
    }

    private void nuls() {
        file("NUL in the header", FileText.utf8(right.text().replace("H|SPQ|250", "H|SPQ|250\0")), "F03");
        byte[] noType = FileText.utf8(right.text().replace("H|", "\0|"));
        file("NUL for the header's type", noType, "F03");
        file("NUL behind the trailer", FileText.utf8(right.text() + "\0"), "F03");
        file("NUL in the trailer", FileText.utf8(right.text(right.header(), right.trailer() + "\0")), "F03");
        file("NULs behind the file, to a full block", join(right.bytes(), new byte[1_000]), "F03");
        file("a line of NULs", FileText.utf8(right.text().replace("T|", "\0\0\0\nT|")), "F03");
        file("1,000 NULs", new byte[1_000], "F03");
        file("100,000 NULs", new byte[100_000], "F03", "R09");
        undecodable("FF in the header", replaced(right.text(right.header() + "@", right.trailer()), hex("FF")));
        byte[] inTrailer = replaced(right.text(right.header(), right.trailer() + "@"), hex("FF"));
        file("FF in the trailer", inTrailer, "F03", "F06");
        file("half a character at the end of the file", join(right.bytes(), hex("E68E")), "F03", "F06");
        undecodable(
                "a lead byte that would take the line end",
                replaced(right.in("GB18030").inAscii().with(FileText.ROW + "@").text(), hex("81")));
    }

    private void undecodable(String description, FileText text, byte[] wrong) {
        undecodable(description, replaced(text.text(), wrong, text.encoding()));
    }

    private void undecodable(String description, byte[] content) {
        file(description, content, "F06");
    }

    private void file(String description, byte[] content, String... codes) {
        all.add(BrokenFile.of(description, "CRM-250", right.name(), content, codes));
    }

    private static byte[] replaced(String text, byte[] wrong) {
        return replaced(text, wrong, "UTF-8");
    }

    /** The text with the bytes in place of its only {@code @}. */
    private static byte[] replaced(String text, byte[] wrong, String encoding) {
        int at = text.indexOf('@');
        Charset charset = Charset.forName(encoding);
        return join(
                text.substring(0, at).getBytes(charset),
                wrong,
                text.substring(at + 1).getBytes(charset));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] join(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
