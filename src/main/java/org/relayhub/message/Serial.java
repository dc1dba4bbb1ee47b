package org.relayhub.message;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** How the hub writes its serials and times on the wire. */
public final class Serial {

    /** Business times are China time. */
    public static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter COMPACT =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(CHINA);
    private static final DateTimeFormatter SPACED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(CHINA);

    private Serial() {}

    /** The serial of a ledger row, as TransIDH of its acknowledgement and TransIDC of what is passed on. */
    public static String of(long serial) {
        return "HUB%015d".formatted(serial);
    }

    /** A time of a header: {@code yyyyMMddHHmmss}. */
    public static String compactTime(Instant at) {
        return COMPACT.format(at);
    }

    /** A time of a body: {@code yyyy-MM-dd HH:mm:ss}. */
    public static String time(Instant at) {
        return SPACED.format(at);
    }

    /** The day on which a time is in China. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, CHINA);
    }

    /**
     * Reads a time of a body.
     *
     * @throws java.time.DateTimeException if it is none
     */
    public static Instant time(String text) {
        return SPACED.parse(text, Instant::from);
    }
}
