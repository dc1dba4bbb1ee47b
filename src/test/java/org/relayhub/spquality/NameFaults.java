package org.relayhub.spquality;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;

/** Names that are none, and right names from a sender that may not use them. */
final class NameFaults {

    private final FileText province;
    private final FileText partner;
    private final List<BrokenFile> all = new ArrayList<>();

    NameFaults(YearMonth month) {
        province = FileText.ofProvince(month);
        partner = FileText.ofPartner(month);
    }

    List<BrokenFile> make() {
        forms();
        tricks();
        senders();
        return all;
    }

    private void forms() {
        String right = province.name();
        String month = FileText.digits(province.month());
        String year = month.substring(0, 4);
        for (String name : List.of(
                "",
                "x",
                ".txt",
                right.replace("SPQ", "spq"),
                right.replace("SPQ", "SPX"),
                right.replace("SPQ", "ＳＰＱ"),
                right.replace("SPQ", "SРQ"),
                right.replace(".txt", ".TXT"),
                right.replace(".txt", ".csv"),
                right.replace(".txt", ".txt.gz"),
                right.replace(".txt", ".txt.tmp"),
                right.replace(".txt", ""),
                right + ".sha256.sha256",
                right + "~",
                "." + right,
                right + " ",
                " " + right,
                right.replace("_001", "_000"),
                right.replace("_001", "_1"),
                right.replace("_001", "_0001"),
                right.replace("_001", "_00a"),
                right.replace("_001", "_-01"),
                right.replace("_001", "_００１"),
                right.replace("_001", ""),
                right.replace("_001", "_001_001"),
                right.replace("_001", "_001 (1)"),
                right.replace("_250_", "_000_"),
                right.replace("_250_", "_999_"),
                right.replace("_250_", "_25_"),
                right.replace("_250_", "_0250_"),
                right.replace("_250_", "_JS_"),
                right.replace("_250_", "__"),
                right.replace("_", "-"),
                right.replace(month, year + "13"),
                right.replace(month, year + "00"),
                right.replace(month, year + "1"),
                right.replace(month, year),
                right.replace(month, "0000" + month.substring(4) + "0"),
                right.replace(month, year.substring(2) + month.substring(4)),
                right.replace(month, year + "-" + month.substring(4)),
                right.replace(month, "２０" + month.substring(2)),
                right.replace(month, month + "05"))) {
            name(name);
        }
        for (String spId : List.of("801234", "90123", "9012345", "９01234", "90123A", "")) {
            String name = partner.name().replace("901234", spId);
            all.add(BrokenFile.of(
                    "an SP's name " + FieldFaults.shown(name), "SP-901234", name, partner.bytes(), "F01"));
        }
    }

    private void tricks() {
        String right = province.name();
        for (String name : List.of(
                ".",
                "..",
                "../x",
                "../" + right,
                "../../CRM-571/upload/" + right,
                "..%2f" + right,
                "%2e%2e%2f" + right,
                "..\\" + right,
                "..%5c" + right,
                "..\u2215" + right,
                "/etc/passwd",
                "/" + right,
                "./" + right,
                "C:\\" + right,
                "\\\\host\\share\\" + right,
                right + "/..",
                right + "/",
                right + "/../" + right,
                "x/" + right,
                "file:" + right,
                right + "?delete=true",
                right + "#1",
                right + ":stream",
                right + "\n",
                "\n" + right,
                right.replace(".txt", "\n.txt"),
                right + "\r\n",
                right + "\0",
                right + "\0.jpg",
                right.replace("_001", "\0_001"),
                "\u001B[2J" + right,
                "\u202E" + right,
                right.replace("_001", "\u200B_001"),
                "${file:name}",
                "${bean:java.lang.Runtime?method=exit}",
                "${jndi:ldap://127.0.0.1/a}",
                "${env:PATH}.txt",
                "#{systemProperties}",
                "{{hub.password}}",
                "$simple{exchangeId}",
                "$(reboot).txt",
                "`id`.txt",
                right + ";ls",
                right + "|cat",
                right + "&",
                "'; drop table sp_quality; --.txt",
                "%s%n%x.txt",
                "-rf",
                "--help",
                "-" + right,
                "*",
                "SPQ_*_001.txt",
                "SPQ_???_" + right.substring(8),
                "[S]" + right.substring(1),
                "{" + right + ",x}",
                "~root",
                "<script>alert(1)</script>.txt",
                "con",
                "nul.txt",
                "SPQ_250_" + "9".repeat(200) + "_001.txt",
                "x".repeat(255),
                "x".repeat(5_000),
                "../".repeat(1_000) + "x",
                "服务质量.txt")) {
            name(name);
        }
    }

    private void senders() {
        for (String sender : List.of("CRM-571", "SIMS-571", "CSVC-000", "SIMS-000", "SP-901234")) {
            all.add(BrokenFile.of(
                    "province 250's file from " + sender, sender, province.name(), province.bytes(), "F04"));
        }
        for (String sender : List.of("CRM-250", "SIMS-250", "CSVC-000", "SP-905678", "SP-901235")) {
            all.add(BrokenFile.of("SP 901234's file from " + sender, sender, partner.name(), partner.bytes(), "F04"));
        }
    }

    private void name(String name) {
        all.add(BrokenFile.of("name " + FieldFaults.shown(name), "CRM-250", name, province.bytes(), "F01"));
    }
}
