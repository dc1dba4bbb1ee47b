package org.relayhub.operations.report;

import java.time.Instant;
import java.time.YearMonth;

/**
 * How the provinces do in a month.
 *
 * @param until up to when it is counted
 * @param complete whether the month is over and nothing will change any more
 */
public record MonthReport(YearMonth month, Instant until, boolean complete, Provinces provinces) {

    private static final int FIRST_YEAR = 2000;

    /** Whether there can be tickets of a month: of one before this century there are none, and it is a slip. */
    public static boolean canBe(YearMonth month) {
        return month.getYear() >= FIRST_YEAR;
    }
}
