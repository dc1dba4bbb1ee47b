package org.relayhub.spquality.intake;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What became of a dropped file.
 *
 * @param fileId its number in the database
 * @param name its name
 * @param accepted whether its records count; if not, none of them does
 * @param receipt the content of its receipt
 * @param month the month that it reports; null if its name says none
 */
public record Decision(
        long fileId,
        String name,
        boolean accepted,
        String receipt,
        @Nullable YearMonth month) {

    /** What comes after the file's name in the name of its receipt. */
    public String ending() {
        return accepted ? ".ack" : ".err";
    }
}
