package org.relayhub.spquality.file;

import java.time.DateTimeException;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.relayhub.spquality.file.layout.FileKind;

/**
 * The name of a file, as in {@code SPQ_250_201209_001.txt}.
 *
 * @param reporter a province's code, or an SP's id
 * @param serial the file's number in its month, from 1; the higher one's records count
 */
public record FileName(FileKind kind, String reporter, YearMonth month, int serial) {

    /** What comes after a file's name in the name of its companion. */
    public static final String COMPANION = ".sha256";

    private static final String HEADQUARTERS = "000";
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM");
    private static final Pattern FORM =
            Pattern.compile("(?:(SPQ)_([0-9]{3})|(SPS)_(9[0-9]{5}))_([0-9]{6})_([0-9]{3})\\.txt");

    /** Reads a name; empty if it has not the form of one. */
    public static Optional<FileName> parse(String name) {
        Matcher parts = FORM.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int serial = Integer.parseInt(parts.group(6));
        Optional<YearMonth> month = month(parts.group(5));
        if (serial == 0 || month.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                parts.group(1) != null
                        ? new FileName(FileKind.SPQ, parts.group(2), month.get(), serial)
                        : new FileName(FileKind.SPS, parts.group(4), month.get(), serial));
    }

    /** The name of a file of the nation's book. */
    public static FileName national(YearMonth month, int serial) {
        return new FileName(FileKind.SPQ, HEADQUARTERS, month, serial);
    }

    /** Whether it is a file of the nation's book, which the hub alone writes. */
    public boolean isNational() {
        return kind == FileKind.SPQ && reporter.equals(HEADQUARTERS);
    }

    /** Reads a month as files have it, as in {@code 201209}; empty if it is none. */
    public static Optional<YearMonth> month(String digits) {
        try {
            return Optional.of(YearMonth.parse(digits, MONTH));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A month as files have it. */
    public static String shown(YearMonth month) {
        return month.format(MONTH);
    }

    @Override
    public String toString() {
        return "%s_%s_%s_%03d.txt".formatted(kind, reporter, shown(month), serial);
    }
}
