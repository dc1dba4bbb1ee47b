package org.relayhub.spquality.intake;

import java.util.regex.Pattern;

/** A name that a sender has chosen, made harmless for logs and for the names of receipts. */
public final class PrintableFileName {

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._-]{1,120}");
    private static final int LONGEST = 120;

    private PrintableFileName() {}

    /** The name, with each character that may mean something to somebody replaced, and cut. */
    public static String of(String name) {
        String printable = UNSAFE.matcher(name).replaceAll("_");
        return printable.substring(0, Math.min(printable.length(), LONGEST));
    }

    /** Whether a name can be used as it is, in paths, patterns and expressions. */
    public static boolean isSafe(String name) {
        return SAFE.matcher(name).matches();
    }
}
