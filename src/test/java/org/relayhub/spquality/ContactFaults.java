package org.relayhub.spquality;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** An SP's own file is wrong. */
final class ContactFaults {

    private static final String SENDER = "SP-901234";

    private final FileText right;
    private final List<BrokenFile> all = new ArrayList<>();

    ContactFaults(YearMonth month) {
        right = FileText.ofPartner(month);
    }

    List<BrokenFile> make() {
        for (String value : List.of(
                "",
                "20120230",
                "20110229",
                "20120931",
                "20121301",
                "20120900",
                "00000000",
                "2012-09-01",
                "2012/9/1",
                "201209",
                "2012090",
                "201209011",
                "20120901000000",
                "２０１２０９０１",
                "2012090a",
                "-2012090",
                " 20120901",
                "now")) {
            row("valid from is " + FieldFaults.shown(value), FileText.CONTACT.replace("20120901", value), "R08");
        }
        for (String value : List.of("", "4008001234", "02599001235-1", "0259900123")) {
            row(
                    "an SP's hotline is " + FieldFaults.shown(value),
                    FileText.CONTACT.replace("02599001235", value),
                    "R04");
        }
        for (String value : List.of("", "13000000001", "139000000010")) {
            row("an SP's mobile is " + FieldFaults.shown(value), FileText.CONTACT.replace("13900000001", value), "R05");
        }
        for (String value : List.of("", "801234", "90123")) {
            // of what is none it is not said, too, that it is another SP's
            row("an SP's id is " + FieldFaults.shown(value), FileText.CONTACT.replace("D|901234", "D|" + value), "R01");
        }
        row("an SP's line with a province's fields", FileText.ROW.replace("904567", "901234"), "R09");
        row("an SP's line with a field too few", "D|901234|02599001235|13900000001", "R09");
        row("an SP's line with a field too many", FileText.CONTACT + "|", "R09");
        row("a line of another SP", FileText.CONTACT.replace("901234", "905678"), "F04");
        byte[] twice = right.with(FileText.CONTACT, FileText.CONTACT.replace("13900000001", "13800000001"))
                .bytes();
        all.add(BrokenFile.of("an SP's same key twice", SENDER, right.name(), twice, "R10"));
        text("an SP's trailer has a sum", right.text(right.header(), "T|1|1"), "F03");
        text("an SP's trailer has no sum", right.text(right.header(), "T|1|"), "F03");
        text("an SP's header has another SP", right.text().replace("H|SPS|901234", "H|SPS|905678"), "F03");
        text("an SP's header says that it is a province's", right.text().replace("H|SPS|", "H|SPQ|"), "F03");
        return all;
    }

    private void row(String description, String row, String code) {
        all.add(BrokenFile.of(description, SENDER, right.name(), right.with(row).bytes(), code));
    }

    private void text(String description, String text, String code) {
        all.add(BrokenFile.of(description, SENDER, right.name(), FileText.utf8(text), code));
    }
}
