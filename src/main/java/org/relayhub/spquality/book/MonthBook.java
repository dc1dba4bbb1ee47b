package org.relayhub.spquality.book;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The book of a month: how each province stands, now or on any earlier day, and what it has in it. */
public final class MonthBook {

    private static final int REMEMBERED = 2_000;

    /** A file that no hub has come back to for so long has been taken away by its sender before it was decided. */
    private static final Duration LOOKED_AT = Duration.ofHours(1);

    /** What the counts of a province depend on: they are the same for ever. */
    private record Counted(String province, YearMonth month, long change) {}

    private final JdbcClient database;
    private final JdbcTemplate connections;
    private final SortedSet<String> provinces;
    private final Clock clock;
    private final Cache<Counted, Contribution> counts =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    /** @param provinces those that report */
    public MonthBook(JdbcTemplate connections, Collection<String> provinces, Clock clock) {
        this.database = JdbcClient.create(connections);
        this.connections = connections;
        this.provinces = new TreeSet<>(provinces);
        this.clock = clock;
    }

    /** All provinces, by their codes, as the book says now. */
    public List<ProvinceMonth> provinces(YearMonth month) {
        return provinces(month, clock.instant());
    }

    /** The same as the book said at another time; of files that were pruned since, it says nothing. */
    public List<ProvinceMonth> provinces(YearMonth month, Instant at) {
        Map<String, ProvinceMonth> found = database
                .sql("""
                        select reporter,
                               count(*) filter (where decided_at > :at or state = 'received' and seen_at > :seen)
                                   as received,
                               count(*) filter (where state = 'accepted' and decided_at <= :at) as accepted,
                               count(*) filter (where state = 'refused' and decided_at <= :at) as refused,
                               bool_or(state = 'accepted' and decided_at <= :at and not late) as in_time,
                               (array_agg(name order by received_at desc, file_id desc))[1] as last_file,
                               max(greatest(received_at, case when decided_at <= :at then decided_at end)) as updated_at
                          from sp_file
                         where kind = 'SPQ' and month = :month and received_at <= :at
                           and sender in ('CRM-' || reporter, 'SIMS-' || reporter)
                         group by reporter
                        """)
                .param("at", Timestamp.from(at))
                .param("seen", Timestamp.from(at.minus(LOOKED_AT)))
                .param("month", month.atDay(1))
                .query((row, n) -> province(row, month, at))
                .list()
                .stream()
                .collect(Collectors.toMap(ProvinceMonth::province, Function.identity()));
        return provinces.stream()
                .map(province -> found.getOrDefault(province, missing(province)))
                .toList();
    }

    /** Whose file of a month was not accepted, and is not being looked at. */
    public SortedSet<String> missing(YearMonth month) {
        SortedSet<String> there = new TreeSet<>(database.sql("""
                        select distinct reporter from sp_file
                         where kind = 'SPQ' and month = :month
                           and (state = 'accepted' or state = 'received' and seen_at > :seen)
                           and sender in ('CRM-' || reporter, 'SIMS-' || reporter)
                        """)
                .param("month", month.atDay(1))
                .param("seen", Timestamp.from(clock.instant().minus(LOOKED_AT)))
                .query(String.class)
                .list());
        return provinces.stream()
                .filter(province -> !there.contains(province))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static ProvinceMonth missing(String province) {
        return new ProvinceMonth(province, Standing.MISSING, 0, 0, 0, null, null, Contribution.NOTHING);
    }

    private ProvinceMonth province(ResultSet row, YearMonth month, Instant at) throws SQLException {
        String province = row.getString("reporter");
        int accepted = row.getInt("accepted");
        Standing standing;
        if (accepted > 0) {
            standing = row.getBoolean("in_time") ? Standing.ACCEPTED : Standing.LATE;
        } else if (row.getInt("received") > 0) {
            standing = Standing.RECEIVED;
        } else {
            standing = row.getInt("refused") > 0 ? Standing.REJECTED : Standing.MISSING;
        }
        return new ProvinceMonth(
                province,
                standing,
                row.getInt("received"),
                accepted,
                row.getInt("refused"),
                row.getString("last_file"),
                row.getTimestamp("updated_at").toInstant(),
                accepted > 0 ? contribution(province, month, at) : Contribution.NOTHING);
    }

    private Contribution contribution(String province, YearMonth month, Instant at) {
        Long change = database.sql("""
                        select coalesce(max(change), 0) from sp_file
                         where state = 'accepted' and decided_at <= :at
                           and (kind = 'SPQ' and reporter = :province and month in (:month, :before)
                                or kind = 'SPS' and month <= :month)
                        """)
                .param("at", Timestamp.from(at))
                .param("province", province)
                .param("month", month.atDay(1))
                .param("before", month.minusMonths(1).atDay(1))
                .query(Long.class)
                .single();
        var key = new Counted(province, month, change);
        Contribution known = counts.getIfPresent(key);
        if (known == null) {
            known = java.util.Objects.requireNonNull(connections.execute((ConnectionCallback<Contribution>)
                    connection -> CurrentRecords.count(connection, province, month, change)));
            counts.put(key, known);
        }
        return known;
    }
}
