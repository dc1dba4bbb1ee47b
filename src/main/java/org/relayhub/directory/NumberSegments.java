package org.relayhub.directory;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.relayhub.message.codes.CodeTable;

/**
 * In which province a phone number is at home: {@code codes/number-segments.csv}. A row holds the digits that the
 * numbers of a segment begin with; of several the longest decides, so that a block may lie within another's, and a
 * single number that moved within any. Immutable.
 */
public final class NumberSegments {

    private static final Pattern SEGMENT = Pattern.compile("[0-9]{3,11}");

    private final Map<String, String> provinces = new HashMap<>();
    private final int longest;

    /**
     * Reads the table.
     *
     * @param nodes the provinces that a segment may be of
     * @throws org.relayhub.message.codes.BrokenFileException if a row is wrong; the message names its line and no number
     */
    public NumberSegments(CodeTable table, Set<String> nodes) {
        Map<String, Long> lines = new HashMap<>();
        int most = 0;
        for (CodeTable.Row row : table.rows()) {
            String segment = row.get("segment");
            String province = row.get("province");
            if (!SEGMENT.matcher(segment).matches()) {
                throw row.fault("segment is not 3 to 11 digits");
            }
            if (!nodes.contains(province)) {
                throw row.fault("province is no code of provinces.csv");
            }
            Long earlier = lines.put(segment, row.line());
            if (earlier != null) {
                throw row.fault("segment stands in line " + earlier + " already");
            }
            provinces.put(segment, province);
            most = Math.max(most, segment.length());
        }
        longest = most;
    }

    /** The node of the province that a number is at home in; empty if no segment holds it. */
    public Optional<String> province(String number) {
        for (int length = Math.min(longest, number.length()); length > 0; length--) {
            String province = provinces.get(number.substring(0, length));
            if (province != null) {
                return Optional.of(province);
            }
        }
        return Optional.empty();
    }
}
