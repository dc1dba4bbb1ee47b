package org.relayhub.spquality;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a file, right until something is changed in it. Added rows have no calls, so that the trailer's sum is right whether a reader counts those
 * of a faulty row or not.
 *
 * @param rows the D lines
 * @param sum of the calls offered, as the trailer has it
 */
record FileText(String type, String owner, YearMonth month, String encoding, List<String> rows, long sum) {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM");

    /** A province's D line without calls, of a key that {@link #ofProvince} does not have. */
    static final String ROW = "D|904567|禾砚资讯|10658002|02599001234|13900000001|0|0|0|0|1.0";

    /** An SP's D line, of a key that {@link #ofPartner} does not have. */
    static final String CONTACT = "D|901234|02599001235|13900000001|20120901";

    static FileText ofProvince(YearMonth month) {
        return new FileText(
                "SPQ",
                "250",
                month,
                "UTF-8",
                List.of(
                        "D|901234|晴岚互动|10086001|02599886666|13800000000|18250|16901|120|117|9.5",
                        "D|902345|柚汀音阅|10658001|037199501234|13500000158|26460|24300|25|25|10.0",
                        "D|902345|柚汀音阅|10658002|037199501234|13500000158|9500|7000|0|0|0.1"),
                54210);
    }

    static FileText ofPartner(YearMonth month) {
        return new FileText("SPS", "901234", month, "UTF-8", List.of("D|901234|02599886666|13800000000|20120801"), 0);
    }

    static String digits(YearMonth month) {
        return MONTH.format(month);
    }

    FileText in(String otherEncoding) {
        return new FileText(type, owner, month, otherEncoding, rows, sum);
    }

    FileText with(String... more) {
        var all = new ArrayList<>(rows);
        all.addAll(1, List.of(more));
        return new FileText(type, owner, month, encoding, List.copyOf(all), sum);
    }

    /** The same with ASCII names only. */
    FileText inAscii() {
        List<String> plain = rows.stream()
                .map(row -> row.replaceAll("[^\\x00-\\x7F]+", "Name"))
                .toList();
        return new FileText(type, owner, month, encoding, plain, sum);
    }

    String name() {
        return type + "_" + owner + "_" + digits(month) + "_001.txt";
    }

    String header() {
        String created = digits(month.plusMonths(1)) + "05093000";
        return "H|" + type + "|" + owner + "|" + digits(month) + "|" + encoding + "|" + created + "|" + rows.size();
    }

    String trailer() {
        return "T|" + rows.size() + "|" + sum;
    }

    String text() {
        return text(header(), trailer());
    }

    String text(String otherHeader, String otherTrailer) {
        return otherHeader + "\n" + String.join("\n", rows) + "\n" + otherTrailer + "\n";
    }

    byte[] bytes() {
        return text().getBytes(Charset.forName(encoding));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
