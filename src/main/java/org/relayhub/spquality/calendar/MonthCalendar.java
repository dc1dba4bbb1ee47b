package org.relayhub.spquality.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.relayhub.message.Serial;

/**
 * The dates of the monthly SP files, in China time: a month is reported in the one that follows it, up to the end of its
 * 8th day; who has not reported is reminded on the 6th and on the 8th, at 9 in the morning.
 */
public final class MonthCalendar {

    private static final int LAST_DAY = 8;
    private static final List<Integer> REMINDER_DAYS = List.of(6, 8);
    private static final LocalTime REMINDER_TIME = LocalTime.of(9, 0);

    /** The month that is reported at a time: the last one that has ended. */
    public YearMonth reported(Instant at) {
        return YearMonth.from(Serial.day(at)).minusMonths(1);
    }

    /** When the time for a month is over: the first instant that is too late. */
    public Instant deadline(YearMonth month) {
        return month.plusMonths(1)
                .atDay(LAST_DAY)
                .plusDays(1)
                .atStartOfDay(Serial.CHINA)
                .toInstant();
    }

    /** Whether what comes at a time is too late for a month. */
    public boolean isLate(YearMonth month, Instant at) {
        return !at.isBefore(deadline(month));
    }

    /** On which days of the month after it a month's reminders are sent. */
    public List<Integer> reminderDays() {
        return REMINDER_DAYS;
    }

    /** When reminders are sent next, after a time. */
    public Instant nextReminder(Instant after) {
        YearMonth month = YearMonth.from(Serial.day(after));
        return java.util.stream.Stream.of(month, month.plusMonths(1))
                .flatMap(each -> REMINDER_DAYS.stream().map(each::atDay))
                .map(MonthCalendar::reminder)
                .filter(reminder -> reminder.isAfter(after))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Which reminders are due at a time: the last ones of its month whose time has come, whoever is late to send them.
     *
     * @return their day of the month; empty before the first ones, and when the time to report is over
     */
    public Optional<Integer> dueReminder(Instant at) {
        if (isLate(reported(at), at)) {
            return Optional.empty();
        }
        YearMonth month = YearMonth.from(Serial.day(at));
        return REMINDER_DAYS.stream()
                .filter(day -> !reminder(month.atDay(day)).isAfter(at))
                .reduce((earlier, later) -> later);
    }

    private static Instant reminder(LocalDate day) {
        return day.atTime(REMINDER_TIME).atZone(Serial.CHINA).toInstant();
    }
}
