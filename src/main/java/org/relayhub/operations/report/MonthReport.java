package org.relayhub.operations.report;

import java.time.Instant;
import java.time.YearMonth;

/**
 * How the provinces do in a month.
 *
 * @param until up to when it is counted
 * @param complete whether the month is over and nothing will change any more
 */
public record MonthReport(YearMonth month, Instant until, boolean complete, Provinces provinces) {}
