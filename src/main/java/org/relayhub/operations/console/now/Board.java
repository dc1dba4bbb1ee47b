package org.relayhub.operations.console.now;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relayhub.operations.desk.DueLegs;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.Traffic;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.book.Standing;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.ticket.probe.LinkHealth;

/** How the hub does now, asked of the ledger once for all who look at the same time. */
final class Board {

    private static final Duration FRESH = Duration.ofSeconds(2);
    /** Who answers later than this is at risk. */
    private static final Duration SOON = Duration.ofHours(2);

    private static final int LISTED = 8;

    /**
     * How the hub does.
     *
     * @param troubled the parties that somebody should look at, the worst first
     * @param waiting how many messages wait, dead letters not counted
     * @param oldest since when the oldest of those waits; null if none does
     * @param overdue how many legs should have been answered
     * @param soon how many must be answered in the next two hours
     * @param links what the probes say of each link, those that do not do first
     * @param month last month, whose SP files are due
     */
    record State(
            Instant at,
            Traffic.Counts traffic,
            List<PartyOverview.Status> troubled,
            int parties,
            int waiting,
            @Nullable Instant oldest,
            int dead,
            int overdue,
            int soon,
            List<DueLegs.Due> due,
            List<LinkHealth.Link> links,
            YearMonth month,
            Map<Standing, Long> provinces) {

        /** How many links do not do. */
        public long linksDown() {
            return links.stream().filter(link -> !link.up()).count();
        }

        /** How many provinces' files are accepted. */
        public long accepted() {
            return provinces.getOrDefault(Standing.ACCEPTED, 0L) + provinces.getOrDefault(Standing.LATE, 0L);
        }

        /** How many provinces report. */
        public long reporting() {
            return provinces.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private final PartyOverview parties;
    private final DueLegs due;
    private final LinkHealth links;
    private final Traffic traffic;
    private final MonthBook book;
    private final MonthCalendar calendar;
    private final Clock clock;
    private final LoadingCache<String, State> states =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build(key -> look());

    Board(
            PartyOverview parties,
            DueLegs due,
            LinkHealth links,
            Traffic traffic,
            MonthBook book,
            MonthCalendar calendar,
            Clock clock) {
        this.parties = parties;
        this.due = due;
        this.links = links;
        this.traffic = traffic;
        this.book = book;
        this.calendar = calendar;
        this.clock = clock;
    }

    State now() {
        return states.get("now");
    }

    private State look() {
        Instant now = clock.instant();
        List<PartyOverview.Status> all = parties.all();
        YearMonth month = calendar.reported(now);
        return new State(
                now,
                traffic.counts(),
                all.stream()
                        .filter(party -> party.isInTrouble(now))
                        .sorted(Comparator.comparingInt(PartyOverview.Status::dead)
                                .thenComparingInt(PartyOverview.Status::waiting)
                                .reversed())
                        .toList(),
                all.size(),
                all.stream().mapToInt(PartyOverview.Status::waiting).sum(),
                all.stream()
                        .flatMap(party -> Stream.ofNullable(party.oldest()))
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                all.stream().mapToInt(PartyOverview.Status::dead).sum(),
                due.count(Instant.EPOCH, now),
                due.count(now, now.plus(SOON)),
                due.next(now, LISTED),
                links.all(),
                month,
                Standing.count(book.provinces(month)));
    }
}
