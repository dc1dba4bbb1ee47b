package org.relayhub.spquality;

import java.io.IOException;
import java.io.OutputStream;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Lines that are too long. The largest are written as they are read, and never in memory as a whole. */
final class SizeFaults {

    private static final int MEBIBYTE = 1 << 20;
    private static final int LONGEST_LINE = 4096;

    private final FileText right;
    private final List<BrokenFile> all = new ArrayList<>();

    SizeFaults(YearMonth month) {
        right = FileText.ofProvince(month);
    }

    List<BrokenFile> make() {
        String row = FileText.ROW.replace("禾砚资讯", "Name");
        int rest = LONGEST_LINE - row.length();
        tooLong("a name that makes the line 4,097 bytes", row.replace("Name", "Name" + "x".repeat(rest + 1)));
        tooLong("a last field that makes the line 4,097 bytes", row + "0".repeat(rest + 1));
        tooLong("a name of 1 MiB", row.replace("Name", "x".repeat(MEBIBYTE)));
        tooLong("10,000 fields", "D" + "|".repeat(10_000));
        tooLong("a million fields", "D" + "|x".repeat(1_000_000));
        tooLong("a service code of 100,000 digits", row.replace("10658002", "1".repeat(100_000)));
        tooLong("calls of 100,000 digits", row.replace("|0|0|0|0|", "|" + "0".repeat(100_000) + "|0|0|0|"));
        text("a header of 5,000 bytes", right.text().replace("H|SPQ", "H|" + "SPQ".repeat(2_000)), "F03", "R09");
        text("a trailer of 5,000 bytes", right.text(right.header(), "T|3|" + "0".repeat(5_000)), "F03", "R09");
        text("an unknown line of 5,000 bytes", right.text().replace("\nT|", "\n" + "X".repeat(5_000) + "\nT|"), "R09");
        huge("50 MiB without a line end", new byte[0], (byte) 'D', new byte[0], "F03", "R09");
        huge("50 MiB of NUL", new byte[0], (byte) 0, new byte[0], "F03", "R09");
        huge("50 MiB of line ends", new byte[0], (byte) '\n', new byte[0], "F03");
        huge(
                "a D line of 50 MiB",
                FileText.utf8(right.header() + "\nD|"),
                (byte) '|',
                FileText.utf8("\n" + right.trailer()),
                "F03",
                "R09");
        huge("50 MiB behind the trailer", right.bytes(), (byte) '9', new byte[0], "F03", "R09");
        return all;
    }

    private void tooLong(String description, String row) {
        byte[] content = right.with(row).bytes();
        all.add(BrokenFile.of(description, "CRM-250", right.name(), content, "R09"));
    }

    private void text(String description, String text, String... codes) {
        all.add(BrokenFile.of(description, "CRM-250", right.name(), FileText.utf8(text), codes));
    }

    private void huge(String description, byte[] before, byte filler, byte[] behind, String... codes) {
        BrokenFile.Content content = file -> {
            file.write(before);
            fill(file, filler);
            file.write(behind);
        };
        all.add(new BrokenFile(description, "CRM-250", right.name(), content, null, Set.of(codes)));
    }

    private static void fill(OutputStream file, byte filler) throws IOException {
        byte[] block = new byte[MEBIBYTE];
        Arrays.fill(block, filler);
        for (int i = 0; i < 50; i++) {
            file.write(block);
        }
    }
}
