package org.relayhub.spquality.file;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;

/**
 * What the check of a file has come to.
 *
 * @param encoding as the header states it; null if it states none that is allowed
 * @param records how many D lines there are
 * @param callsOffered their sum
 * @param lines how many lines were read
 * @param size how many bytes
 * @param sha256 of all of them, in hex digits; empty if the content was not read
 * @param faults what is wrong, by line: the first 10,000 of them
 * @param faultCount how many there are in all
 */
public record Checked(
        @Nullable String encoding,
        long records,
        long callsOffered,
        long lines,
        long size,
        String sha256,
        List<Fault> faults,
        long faultCount) {

    /** Whether the file may be taken. */
    public boolean isRight() {
        return faultCount == 0;
    }

    /** The same without faults that do not count here. */
    public Checked without(Predicate<Fault> fault) {
        List<Fault> left = faults.stream().filter(fault.negate()).toList();
        return new Checked(
                encoding, records, callsOffered, lines, size, sha256, left, faultCount - faults.size() + left.size());
    }

    /** What a file is refused with that is not looked at any further. */
    static Checked unread(Faults faults) {
        return new Checked(null, 0, 0, 0, 0, "", faults.kept(), faults.count());
    }

    /**
     * The receipt of a file that was refused: a line for each fault, and how many there are.
     */
    public String refusal() {
        var text = new StringBuilder();
        faults.forEach(fault -> text.append(fault).append('\n'));
        return text.append("E|")
                .append(faultCount)
                .append('|')
                .append(lines)
                .append('\n')
                .toString();
    }

    /**
     * The receipt of a file that was accepted: what was accepted, and when.
     *
     * @param name the file's
     */
    public String acknowledgement(String name, Instant at) {
        return "A|%s|%s|%d|%d|%s%n"
                .formatted(name, sha256, records, callsOffered, Serial.compactTime(at))
                .replace("\r\n", "\n");
    }
}
