package org.relayhub.spquality.intake;

import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * What became of a dropped file.
 *
 * @param fileId its number in the database
 * @param name its name
 * @param receipt the content of its receipt
 * @param month the month that it reports; null if its name says none
 */
public record Decision(
        long fileId,
        String name,
        Outcome outcome,
        String receipt,
        @Nullable YearMonth month) {

    /** What it can be. */
    public enum Outcome {
        /** Its records count, all of them. */
        ACCEPTED,
        /** It is the same that was accepted under this name before: nothing changes, and the receipt is the first one's. */
        REPEATED,
        /** None of its records counts. */
        REFUSED
    }

    /** Whether what stands in the file counts. */
    public boolean accepted() {
        return outcome != Outcome.REFUSED;
    }

    /** What comes after the file's name in the name of its receipt. */
    public String ending() {
        return accepted() ? ".ack" : ".err";
    }

    /** The name under which it is kept: of one name one file is accepted, but any number may be refused or repeated. */
    public String keptName() {
        return outcome == Outcome.ACCEPTED ? name : name + "." + fileId;
    }
}
