package org.relayhub.spquality;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One field of one D line of a province's file is wrong. */
final class FieldFaults {

    private static final List<String> NO_NUMBERS = List.of(
            "-1",
            "+1",
            "1 0",
            " 1",
            "1 ",
            "1.0",
            "1e3",
            "0x10",
            "１２",
            "\u0661\u0662",
            "1,000",
            "1234567890",
            "99999999999999999999999999",
            "NaN",
            "null",
            "1\u0000");

    private final FileText right;
    private final List<BrokenFile> all = new ArrayList<>();

    FieldFaults(YearMonth month) {
        right = FileText.ofProvince(month);
    }

    List<BrokenFile> make() {
        identifiers();
        numbers();
        figures();
        fieldCounts();
        keys();
        several();
        return all;
    }

    private void identifiers() {
        for (String value : List.of(
                "",
                "90456",
                "9045678",
                "804567",
                "９０４５６７",
                "9045\u0661\u0662",
                "9045 7",
                " 904567",
                "904567 ",
                "+90456",
                "-90456",
                "9.0456",
                "90456A",
                "0x9045",
                "9e0456",
                "904567\u0000",
                "null")) {
            field("R01", "SPID", 1, value);
        }
        for (String value : List.of(
                "",
                "禾".repeat(33),
                "禾".repeat(32) + "x",
                "x".repeat(65),
                "x".repeat(3_000),
                "禾\t砚",
                "禾\u0000砚",
                "\u0007",
                "\u001B[31m红",
                "禾\u007F")) {
            field("R02", "SP name", 2, value);
        }
        for (String value : List.of(
                "",
                "1234567890123",
                "1065A",
                "-1",
                "+10658",
                "1065 8",
                " 10658",
                "１０６５８",
                "1e5",
                "0x1F",
                "10658.0",
                "#")) {
            field("R03", "service code", 3, value);
        }
    }

    private void numbers() {
        for (String value : List.of(
                "",
                "4008001234",
                "8008101234",
                "95588",
                "10086",
                "88886666",
                "2588886666",
                "0258888666",
                "025888866667",
                "0311888866667",
                "0311888866",
                "02518886666",
                "02508886666",
                "01558886666",
                "00188886666",
                "13900000001",
                "+862588886666",
                "025-88886666",
                "(025)88886666",
                "02588886666-801",
                "02588886666转801",
                "02588886666,02588886667",
                " 02588886666",
                "02588886666 ",
                "０２５８８８８６６６６",
                "0258888666O")) {
            field("R04", "hotline", 4, value);
        }
        for (String value : List.of(
                "",
                "1380013800",
                "138001380001",
                "8613800138000",
                "+8613800138000",
                "013800138000",
                "13000000001",
                "13300000001",
                "14500000001",
                "16600000001",
                "18900000001",
                "19900000001",
                "12800000001",
                "02588886666",
                "1380013800A",
                "138 0013800",
                "13800138000 ",
                "138-0013-8000",
                "１３８００１３８０００",
                "1.38001E+10")) {
            field("R05", "service mobile", 5, value);
        }
    }

    private void figures() {
        for (String value : NO_NUMBERS) {
            field("R06", "calls offered", 6, value);
            field("R06", "calls answered", 7, value);
            field("R07", "complaints", 8, value);
            field("R07", "complaints resolved", 9, value);
        }
        field("R06", "more calls answered than offered: calls answered", 7, "1");
        field("R06", "far more calls answered than offered: calls answered", 7, "999999999");
        field("R07", "more complaints resolved than there were: complaints resolved", 9, "1");
        for (String value : List.of(
                "", "9", "9.55", "9.50", "9,5", ".5", "9.", ".", "-1.0", "+1.0", "1e1", "1.0e1", "９.5", "9．5", "9.5 ",
                " 9.5", "9.5h", "1.0\r\r", "NaN", "0x9.5", "9.5.1", "9:30")) {
            field("R08", "average hours", 10, value);
        }
    }

    private void fieldCounts() {
        String row = FileText.ROW;
        row("R09", "no field", "D|");
        row("R09", "a field too few", row.substring(0, row.lastIndexOf('|')));
        row("R09", "a pipe at the end", row + "|");
        row("R09", "a field too many", row + "|1");
        row("R09", "a pipe in the name", row.replace("禾砚", "禾|砚"));
        row("R09", "a quoted pipe in the name", row.replace("禾砚", "\"禾|砚\""));
        row("R09", "an escaped pipe in the name", row.replace("禾砚", "禾\\|砚"));
        row("R09", "pipes only", "D" + "|".repeat(30));
        row("R09", "full-width pipes", row.replace("|", "｜").replace("D｜", "D|"));
        row("R09", "tabs for pipes", row.replace("|", "\t").replace("D\t", "D|"));
        row("R09", "an SP's own line", FileText.CONTACT);
        row("R09", "4,000 fields", "D" + "|".repeat(4_000));
    }

    private void keys() {
        row("R10", "the same line twice", FileText.ROW, FileText.ROW);
        row(
                "R10",
                "the same key with everything else different",
                FileText.ROW,
                "D|904567|汀桥彩铃|10658002|01099001234|13400000001|0|0|2|1|7.0");
        row("R10", "the same key three times", FileText.ROW, FileText.ROW, FileText.ROW);
        var many = new ArrayList<String>();
        for (int code = 1; code <= 3_000; code++) {
            many.add(FileText.ROW.replace("10658002", "2" + code));
        }
        many.add(many.get(0));
        row("R10", "the same key 3,000 lines apart", many.toArray(String[]::new));
    }

    private void several() {
        String wrong = "D|1||x|1|1|0|1|0|1|x";
        all.add(BrokenFile.of(
                "every field wrong",
                "CRM-250",
                right.name(),
                right.with(wrong).bytes(),
                "R01",
                "R02",
                "R03",
                "R04",
                "R05",
                "R06",
                "R07",
                "R08"));
        // only the first 10,000 of its faults are listed
        var many = new ArrayList<String>();
        for (int code = 1; code <= 12_000; code++) {
            many.add(FileText.ROW.replace("10658002", "2" + code).replace("|1.0", "|1"));
        }
        row("R08", "12,000 faults", many.toArray(String[]::new));
    }

    private void field(String code, String field, int index, String value) {
        all.add(broken(field, value, FileText.ROW, index, code));
    }

    private BrokenFile broken(String field, String value, String row, int index, String code) {
        String[] fields = row.split("\\|", -1);
        fields[index] = value;
        return BrokenFile.of(
                field + " is " + shown(value),
                "CRM-250",
                right.name(),
                right.with(String.join("|", fields)).bytes(),
                code);
    }

    private void row(String code, String description, String... rows) {
        all.add(BrokenFile.of(
                description, "CRM-250", right.name(), right.with(rows).bytes(), code));
    }

    /** A value as it can stand in a test's name. */
    static String shown(String value) {
        String plain = value.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? String.format("\\u%04x", c) : Character.toString(c))
                .collect(Collectors.joining());
        return "'" + (plain.length() <= 50 ? plain : plain.substring(0, 50) + "… (" + plain.length() + ")") + "'";
    }
}
