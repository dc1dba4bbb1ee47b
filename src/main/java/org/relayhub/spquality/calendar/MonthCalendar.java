package org.relayhub.spquality.calendar;

import java.time.Instant;
import java.time.YearMonth;
import org.relayhub.message.Serial;

public final class MonthCalendar {
    private static final int LAST_DAY = 8;

    public Instant deadline(YearMonth month) {
        return month.plusMonths(1)
                .atDay(LAST_DAY)
                .plusDays(1)
                .atStartOfDay(Serial.CHINA)
                .toInstant();
    }

    public boolean isLate(YearMonth month, Instant at) {
        return !at.isBefore(deadline(month));
    }
}
