package org.relayhub.spquality;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Header and trailer missing, at the wrong place or saying what is not so; lines of no known type. */
final class StructureFaults {

    private final FileText right;
    private final String header;
    private final String trailer;
    private final List<BrokenFile> all = new ArrayList<>();

    StructureFaults(YearMonth month) {
        right = FileText.ofProvince(month);
        header = right.header();
        trailer = right.trailer();
    }

    List<BrokenFile> make() {
        places();
        headers();
        trailers();
        lines();
        lineEnds();
        months();
        return all;
    }

    private void places() {
        String text = right.text();
        String rows = String.join("\n", right.rows()) + "\n";
        file("nothing in it", "");
        file("one line end", "\n");
        file("1,000 line ends", "\n".repeat(1_000));
        file("blanks only", "   ");
        file("the trailer only", trailer + "\n");
        file("D lines only", rows);
        file("no header", rows + trailer + "\n");
        file("the trailer first", trailer + "\n" + rows + header + "\n");
        file(
                "a D line before the header",
                right.rows().get(0).replaceFirst("\\|9[0-9]{5}\\|", "|999999|") + "\n" + text);
        file("a blank line before the header", "\n" + text);
        file("a remark before the header", "# September\n" + text);
        file("the header only", header + "\n");
        file("the header and nothing behind it", header);
        file("no trailer", header + "\n" + rows);
        file("cut off within a line's type", header + "\n" + rows + "T");
        file("cut off within the trailer", header + "\n" + rows + "T|3|542");
        file("two headers", header + "\n" + text);
        file("a second header before the trailer", text.replace("T|", header + "\nT|"));
        file("two trailers", text + trailer + "\n");
        all.add(broken("the whole file twice", text + text, "F03", "R10"));
        file("a D line behind the trailer", text + FileText.ROW + "\n");
        file("the trailer before the last D line", header + "\n" + trailer + "\n" + rows);
        file("a blank line behind the trailer", text + "\n");
        file("a DOS end of file behind the trailer", text + "\u001A");
    }

    private void headers() {
        for (String other : List.of(
                header.replace("|250|", "|100|"),
                header.replace("|250|", "|000|"),
                header.replace("|250|", "||"),
                header.replace("|250|", "|２５０|"),
                header.replace(digits(0), digits(-1)),
                header.replace("|" + digits(0) + "|", "|" + digits(0).substring(0, 4) + "13|"),
                header.replace("|" + digits(0) + "|", "||"),
                header.replace("SPQ", "spq"),
                header.replace("SPQ", "SPX"),
                header.replace("SPQ", ""),
                header.substring(0, header.lastIndexOf('|')),
                header + "|",
                header + "|1",
                header.replaceAll("[0-9]{14}", "20121301093000"),
                header.replaceAll("[0-9]{14}", "2012-10-05 09:30:00"),
                header.replaceAll("[0-9]{14}", "20121005"),
                header.replaceAll("[0-9]{14}", ""))) {
            file("header " + other, right.text(other, trailer));
        }
        for (String count : List.of(
                "4",
                "2",
                "0",
                "-3",
                "",
                "three",
                "3.0",
                "３",
                "0x3",
                " 3",
                "4294967299",
                "18446744073709551619",
                "9".repeat(40))) {
            file("header says " + count + " lines", right.text(header.replaceAll("3$", count), trailer));
        }
        for (String encoding :
                List.of("GBK", "UTF-16", "UTF8", "ISO-8859-1", "", "UTF-7", "x".repeat(200), "../UTF-8")) {
            file(
                    "header says the encoding is '" + encoding + "'",
                    right.in(encoding).text());
        }
        file("header says that it is an SP's", right.text(header.replace("SPQ", "SPS"), trailer));
        file("header with a small h", right.text(header.replace("H|", "h|"), trailer));
        file("header behind a blank", right.text(" " + header, trailer));
        file("header with commas", right.text(header.replace("|", ","), trailer));
    }

    private void trailers() {
        for (String other : List.of(
                "T|4|54210",
                "T|2|54210",
                "T|0|0",
                "T|3|54211",
                "T|3|54209",
                "T|3|0",
                "T|-3|54210",
                "T|3|-54210",
                "T|+3|54210",
                "T|3|54210.0",
                "T|3|54,210",
                "T|3|5.421E4",
                "T|3|0xD3C2",
                "T|３|54210",
                "T|3|５４２１０",
                "T|3 |54210",
                "T|3|54210 ",
                "T||54210",
                "T|3|",
                "T|3",
                "T|",
                "T",
                "T|3|54210|",
                "T|3|54210|0",
                "T|54210|3",
                "t|3|54210",
                " T|3|54210",
                "T,3,54210",
                // right again modulo 2^32 and 2^64
                "T|4294967299|54210",
                "T|3|4295021506",
                "T|3|18446744073709605826",
                "T|3|" + "9".repeat(1_000))) {
            file("trailer " + FieldFaults.shown(other), right.text(header, other));
        }
    }

    private void lines() {
        for (String line : List.of(
                "",
                " ",
                "\t",
                "|",
                "X|1",
                "d" + FileText.ROW.substring(1),
                " " + FileText.ROW,
                "# remark",
                "--",
                "DD|1",
                "\uFF24|904567",
                "\\.",
                "EOF",
                "${jndi:ldap://127.0.0.1/a}",
                "<!-- -->")) {
            file("line " + FieldFaults.shown(line), right.text().replace("\nT|", "\n" + line + "\nT|"));
        }
        // one line less than header and trailer say, and than it has calls
        file("a D line lost", right.text().replace(right.rows().get(2) + "\n", ""));
        file("a D line more than said", right.text().replace("\nT|", "\n" + FileText.ROW + "\nT|"));
    }

    private void lineEnds() {
        String text = right.text();
        file("carriage returns for line ends", text.replace('\n', '\r'));
        String first = right.rows().get(0);
        String joined = text.replace(first + "\n", first + "\r");
        all.add(BrokenFile.of(
                "one carriage return for a line end", "CRM-250", right.name(), FileText.utf8(joined), "F03", "R09"));
        for (String end : List.of("\u0085", "\u2028", "\u000B", "\f", "\\n", "<br>")) {
            all.add(BrokenFile.of(
                    "another line end, U+" + Integer.toHexString(end.charAt(0)) + " of " + end.length(),
                    "CRM-250",
                    right.name(),
                    FileText.utf8(text.replace(first + "\n", first + end)),
                    "F03",
                    "R09"));
        }
        file("no line ends", text.replace("\n", ""));
    }

    private void months() {
        // the month that still runs; and far from any reading of "older than 12 months"
        for (int ahead : List.of(1, 2, 12, 1_200, -13, -14, -24, -1_200)) {
            FileText other = FileText.ofProvince(right.month().plusMonths(ahead));
            all.add(BrokenFile.of(ahead + " months from the last one", "CRM-250", other.name(), other.bytes(), "F05"));
            FileText own = FileText.ofPartner(right.month().plusMonths(ahead));
            all.add(BrokenFile.of(ahead + " months, by an SP", "SP-901234", own.name(), own.bytes(), "F05"));
        }
    }

    private String digits(int ahead) {
        return FileText.digits(right.month().plusMonths(ahead));
    }

    private void file(String description, String text) {
        all.add(broken(description, text, "F03"));
    }

    private BrokenFile broken(String description, String text, String... codes) {
        return BrokenFile.of(description, "CRM-250", right.name(), FileText.utf8(text), codes);
    }
}
