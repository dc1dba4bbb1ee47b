package org.relayhub.operations.desk;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How many messages came in, minute by minute and flow by flow, all hubs together. A minute that is over is counted once:
 * only what may still change is asked for again.
 */
public final class Traffic {

    /** How many minutes are shown. */
    public static final int MINUTES = 30;

    /** A transaction that began in a minute has ended two minutes later. */
    private static final int OPEN_MINUTES = 2;

    /**
     * The messages of each flow.
     *
     * @param minutes when each minute begins, the running one last
     * @param counts by activity, a number for each minute
     */
    public record Counts(List<Instant> minutes, Map<String, List<Integer>> counts) {

        /** How many there were in the last minute that is over. */
        public int lastMinute() {
            return counts.values().stream()
                    .mapToInt(each -> each.get(each.size() - 2))
                    .sum();
        }
    }

    private record Row(Instant minute, String activity, int count) {}

    private final JdbcClient database;
    private final Clock clock;
    private final NavigableMap<Instant, Map<String, Integer>> closed = new TreeMap<>();

    public Traffic(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The last {@value #MINUTES} minutes. Tests are no traffic. */
    public synchronized Counts counts() {
        Instant running = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        Instant first = running.minus(MINUTES - 1, ChronoUnit.MINUTES);
        closed.headMap(first).clear();
        Instant from = closed.isEmpty() ? first : closed.lastKey().plus(1, ChronoUnit.MINUTES);
        Map<Instant, Map<String, Integer>> counted = count(from.isBefore(first) ? first : from);
        List<Instant> minutes = new ArrayList<>();
        NavigableMap<Instant, Map<String, Integer>> all = new TreeMap<>();
        for (Instant minute = first; !minute.isAfter(running); minute = minute.plus(1, ChronoUnit.MINUTES)) {
            minutes.add(minute);
            Map<String, Integer> known = closed.get(minute);
            all.put(minute, known == null ? counted.getOrDefault(minute, Map.of()) : known);
        }
        Instant open = running.minus(OPEN_MINUTES - 1L, ChronoUnit.MINUTES);
        closed.putAll(all.headMap(open));
        return new Counts(minutes, byActivity(minutes, all));
    }

    private Map<Instant, Map<String, Integer>> count(Instant from) {
        return database
                .sql("""
                        select date_trunc('minute', received_at) as minute, activity, count(*) as messages
                          from message
                         where received_at >= :from and not test
                         group by minute, activity
                        """)
                .param("from", Timestamp.from(from))
                .query((row, n) -> new Row(
                        row.getTimestamp("minute").toInstant(), row.getString("activity"), row.getInt("messages")))
                .list()
                .stream()
                .collect(Collectors.groupingBy(Row::minute, Collectors.toMap(Row::activity, Row::count)));
    }

    private static Map<String, List<Integer>> byActivity(
            List<Instant> minutes, Map<Instant, Map<String, Integer>> counted) {
        Map<String, List<Integer>> counts = new TreeMap<>();
        counted.values().stream()
                .flatMap(minute -> minute.keySet().stream())
                .distinct()
                .forEach(activity -> counts.put(
                        activity,
                        minutes.stream()
                                .map(minute ->
                                        counted.getOrDefault(minute, Map.of()).getOrDefault(activity, 0))
                                .toList()));
        return counts;
    }
}
