package org.relayhub.operations.report;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.time.YearMonth;

/** The reports, counted once for all who read at the same time. */
public final class ReportDesk {

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final int MONTHS = 24;

    private final LoadingCache<YearMonth, MonthReport> months;

    public ReportDesk(DayBook days) {
        months = Caffeine.newBuilder()
                .expireAfterWrite(FRESH)
                .maximumSize(MONTHS)
                .build(days::report);
    }

    /**
     * A month's, not older than a minute.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public MonthReport of(YearMonth month) {
        return months.get(month);
    }
}
