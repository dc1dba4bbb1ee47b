package org.relayhub.spquality.file;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The companion of a file, which says that the file is complete, and what it holds: 64 hex digits, two blanks, the name,
 * as {@code sha256sum} writes it.
 *
 * @param sha256 in lower-case hex digits
 */
public record CompanionFile(String sha256) {

    /** A companion has no more bytes than this; what has is none. */
    public static final int LONGEST = 1024;

    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F]{64})  ([^\r\n]*)\r?\n?");

    /**
     * Reads one.
     *
     * @param name of the file that it stands beside
     * @return empty if it has not the form of one, or names another file
     */
    public static Optional<CompanionFile> parse(String content, String name) {
        Matcher parts = FORM.matcher(content);
        return parts.matches() && parts.group(2).equals(name)
                ? Optional.of(new CompanionFile(parts.group(1).toLowerCase(Locale.ROOT)))
                : Optional.empty();
    }

    /** What stands in the companion of a file. */
    public static String content(String sha256, String name) {
        return sha256 + "  " + name + "\n";
    }
}
