package org.relayhub.ticket.deadline;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Until when a leg is to be answered in its round.
 *
 * @param from when the round was dispatched
 * @param due until when
 */
record Deadline(Instant from, Instant due) {

    private static final int WHOLE = 100;

    /**
     * The earlier of what the dispatch wants and what the table allows.
     *
     * @param deadTime what the dispatch wants; one that is over when the round begins can be kept by nobody, and does not
     *     count
     * @param limit what the table allows
     */
    static Deadline of(Instant from, Instant deadTime, Duration limit) {
        Instant allowed = from.plus(limit);
        return new Deadline(from, deadTime.isAfter(from) && deadTime.isBefore(allowed) ? deadTime : allowed);
    }

    /** When so many hundredths of the time are over. */
    Instant after(int hundredths) {
        return from.plus(Duration.between(from, due).multipliedBy(hundredths).dividedBy(WHOLE));
    }

    /** The first of some times that are not over; null if all are. */
    static @Nullable Instant next(@Nullable Instant... times) {
        Instant first = null;
        for (Instant time : times) {
            if (time != null && (first == null || time.isBefore(first))) {
                first = time;
            }
        }
        return first;
    }
}
