package org.relayhub.spquality.file.layout;

import java.util.regex.Pattern;
import org.relayhub.message.codes.CodeTable;

/** Which mobile numbers are China Mobile's: {@code schemas/files/mobile-segments.csv}, by their first 3 or 4 digits. */
public final class MobileSegments {

    private static final Pattern PREFIX = Pattern.compile("1[0-9]{2,3}");
    private static final int LONGEST = 4;

    private final boolean[] ours = new boolean[10_000];

    /** @throws org.relayhub.message.codes.BrokenFileException if a row is wrong */
    public MobileSegments(CodeTable table) {
        for (CodeTable.Row row : table.rows()) {
            String prefix = row.require("prefix");
            if (!PREFIX.matcher(prefix).matches()) {
                throw row.fault("prefix is not 3 or 4 digits that begin with 1");
            }
            boolean whole = prefix.length() == LONGEST;
            int first = Integer.parseInt(whole ? prefix : prefix + "0");
            for (int each = first; each < first + (whole ? 1 : 10); each++) {
                ours[each] = true;
            }
        }
    }

    /** Whether they hold a number of digits that begins here. */
    boolean hold(char[] chars, int from) {
        return ours[(int) Form.number(chars, from, from + LONGEST)];
    }
}
