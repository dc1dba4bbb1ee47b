package org.relayhub.operations.report;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.relayhub.message.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The figures of the provinces, day by day. A day is closed when all that is counted of it is known, and is not counted
 * again; what is not closed yet is counted when somebody asks.
 */
public final class DayBook {

    private static final Logger LOG = LoggerFactory.getLogger(DayBook.class);

    /** What is known a day later, and an hour for transactions and clocks that are behind. */
    private static final Duration CLOSED_AFTER = Duration.ofHours(25);

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final ProvinceCounts counts;
    private final Subscribers subscribers;
    private final Clock clock;

    DayBook(
            JdbcClient database,
            TransactionTemplate transaction,
            ProvinceCounts counts,
            Subscribers subscribers,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.counts = counts;
        this.subscribers = subscribers;
        this.clock = clock;
    }

    /**
     * Closes every day whose time for it has come, one after the other.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public void close() {
        LocalDate day = firstOpen().orElse(null);
        while (day != null && !clock.instant().isBefore(begin(day.plusDays(1)).plus(CLOSED_AFTER))) {
            close(day);
            day = day.plusDays(1);
        }
    }

    private void close(LocalDate day) {
        Map<String, Figures> counted = counts.count(begin(day), begin(day.plusDays(1)));
        Set<String> provinces = new TreeSet<>(subscribers.provinces());
        provinces.add(Provinces.HEADQUARTERS);
        provinces.addAll(counted.keySet());
        transaction.executeWithoutResult(status ->
                provinces.forEach(province -> insert(day, province, counted.getOrDefault(province, Figures.NONE))));
        LOG.info("The figures of {} are closed", day);
    }

    /** Another hub may have closed it at the same time, with the same figures. */
    private void insert(LocalDate day, String province, Figures figures) {
        String columns = columns("%s");
        String values = columns(":%s");
        var statement = database.sql("insert into province_day (day, province, " + columns
                        + ") values (:day, :province, " + values + ") on conflict do nothing")
                .param("day", day)
                .param("province", province);
        for (Count count : Count.values()) {
            statement = statement.param(count.column(), figures.get(count));
        }
        statement.update();
    }

    /** The first day that is not closed; empty before anything came. */
    private Optional<LocalDate> firstOpen() {
        LocalDate last = database.sql("select max(day) from province_day")
                .query(LocalDate.class)
                .optional()
                .orElse(null);
        if (last != null) {
            return Optional.of(last.plusDays(1));
        }
        // Messages are booked about in the order of time, and a day more does no harm.
        return database.sql("select received_at from message order by serial limit 1")
                .query(Timestamp.class)
                .optional()
                .map(first -> Serial.day(first.toInstant()));
    }

    /**
     * How the provinces do in a month, as far as it has come.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public MonthReport report(YearMonth month) {
        Instant now = clock.instant();
        Map<String, Figures> closed = closed(month);
        LocalDate open = firstOpen().orElse(month.atDay(1));
        Instant from = begin(later(open, month.atDay(1)));
        Instant end = begin(month.plusMonths(1).atDay(1));
        Instant to = end.isBefore(now) ? end : now;
        Map<String, Figures> live = from.isBefore(to) ? counts.count(from, to) : Map.of();
        Map<String, Figures> figures = new TreeMap<>(closed);
        live.forEach((province, young) -> figures.merge(province, young, Figures::plus));
        return new MonthReport(month, to, !from.isBefore(end), Provinces.of(subscribers, figures, closed));
    }

    /**
     * How the provinces do now: what happened in the last day and, where that takes a day to be known, in the one before.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public Provinces lately() {
        Instant now = clock.instant();
        Instant yesterday = now.minus(Duration.ofDays(1));
        return Provinces.of(
                subscribers,
                counts.count(yesterday, now),
                counts.count(yesterday.minus(Duration.ofDays(1)), yesterday));
    }

    private Map<String, Figures> closed(YearMonth month) {
        return database
                .sql("select province, " + columns("sum(%1$s) as %1$s")
                        + " from province_day where day >= :from and day < :to group by province")
                .param("from", month.atDay(1))
                .param("to", month.plusMonths(1).atDay(1))
                .query((row, n) -> Map.entry(row.getString("province"), Figures.of(row)))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String columns(String form) {
        return Stream.of(Count.values())
                .map(count -> form.formatted(count.column()))
                .collect(Collectors.joining(", "));
    }

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isBefore(other) ? other : one;
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(Serial.CHINA).toInstant();
    }
}
