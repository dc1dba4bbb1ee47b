package org.relayhub.operations.desk;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;

/**
 * An end of a stretch of time that a caller names: a day of China time ({@code 2026-03-01}), or an instant
 * ({@code 2026-03-01T08:00:00+08:00}).
 *
 * @param begin where it begins
 * @param end where it ends: for an instant, where it begins
 */
public record Moment(Instant begin, Instant end) {

    private static final int DAY = "2026-03-01".length();

    /**
     * Reads one. Spring finds this method by its name, if it is public.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static Moment of(String text) {
        try {
            if (text.length() == DAY) {
                Instant midnight =
                        LocalDate.parse(text).atStartOfDay(Serial.CHINA).toInstant();
                return new Moment(midnight, midnight.plus(1, ChronoUnit.DAYS));
            }
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return new Moment(instant, instant);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a day or an instant", e);
        }
    }

    /** The last instant that belongs to it. */
    public Instant last() {
        return begin.equals(end) ? end : end.minusMillis(1);
    }

    public static @Nullable Instant from(@Nullable Moment moment) {
        return moment == null ? null : moment.begin();
    }

    /** The first instant that is too late: a named day still counts. */
    public static @Nullable Instant to(@Nullable Moment moment) {
        return moment == null ? null : moment.end();
    }

    /** How a time is shown: in China's. */
    public static OffsetDateTime shown(Instant instant) {
        return instant.atZone(Serial.CHINA).toOffsetDateTime();
    }

    public static @Nullable OffsetDateTime shownIfAny(@Nullable Instant instant) {
        return instant == null ? null : shown(instant);
    }
}
