package org.relayhub.ticket.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.relayhub.message.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves what has been over for long out of the tables that hubs work on: tickets whose legs are all closed, and messages
 * about no ticket. Little by little, each story in one statement and a few of them in one transaction, so that hubs may go on,
 * die, or do the same beside each other at any moment.
 */
public final class Archive {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);

    /** As many as other work on the database is not held up by. */
    private static final int AT_ONCE = 100;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final StoryRows rows;
    private final Months months;
    private final LedgerSettings settings;
    private final Duration longest;
    private final Clock clock;
    private final Counter moved;

    /** @param longest after how long a run ends, wherever it is; the next goes on from there */
    public Archive(
            JdbcClient database,
            TransactionTemplate transaction,
            LedgerSettings settings,
            Duration longest,
            MeterRegistry meters,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.rows = new StoryRows(database);
        this.months = new Months(database, transaction);
        this.settings = settings;
        this.longest = longest;
        this.clock = clock;
        this.moved = Counter.builder("hub.ledger.archived")
                .description("stories that this hub has moved into the archive")
                .register(meters);
    }

    /**
     * Moves what has been over for long enough.
     *
     * @return how many stories
     * @throws DataAccessException if the database does not answer
     */
    public int move() {
        Instant now = clock.instant();
        months.make(now);
        return before(now).map(this::move).orElse(0);
    }

    private int move(Instant before) {
        long until = System.nanoTime() + longest.toNanos();
        int tickets = move((after, limit) -> rows.closed(before, after, limit), StoryRows.Kind.TICKET, before, until);
        int alone = move((after, limit) -> rows.alone(before, after, limit), StoryRows.Kind.ALONE, before, until);
        if (tickets + alone > 0) {
            LOG.info("Archived {} tickets and {} messages about none, over before {}", tickets, alone, before);
        }
        return tickets + alone;
    }

    /** What has not been counted for its day's figures stays, whatever the setting says. */
    private Optional<Instant> before(Instant now) {
        Instant old = now.minus(settings.archiveAfter());
        return database.sql("select max(day) from province_day")
                .query(LocalDate.class)
                .optional()
                .map(day -> day.plusDays(1).atStartOfDay(Serial.CHINA).toInstant())
                .map(counted -> counted.isBefore(old) ? counted : old);
    }

    private int move(
            BiFunction<StoryRows.Place, Integer, List<StoryRows.Found>> find,
            StoryRows.Kind kind,
            Instant before,
            long until) {
        int all = 0;
        var after = StoryRows.Place.FIRST;
        while (System.nanoTime() < until && !Thread.currentThread().isInterrupted()) {
            long began = System.nanoTime();
            List<StoryRows.Found> found = find.apply(after, AT_ONCE);
            if (found.isEmpty()) {
                break;
            }
            after = found.get(found.size() - 1).place();
            int some = move(found, kind, before);
            moved.increment(some);
            all += some;
            if (some > 0) {
                // Half of the time is other people's.
                pause(Duration.ofNanos(System.nanoTime() - began));
            }
        }
        return all;
    }

    private int move(List<StoryRows.Found> found, StoryRows.Kind kind, Instant before) {
        try {
            return moveTogether(found, kind, before);
        } catch (DataAccessResourceFailureException | TransactionException e) {
            throw e;
        } catch (DataAccessException e) {
            LOG.warn("One of {} stories cannot be archived, each is tried alone: {}", found.size(), reason(e));
            return found.stream()
                    .mapToInt(story -> moveAlone(story, kind, before))
                    .sum();
        }
    }

    private int moveAlone(StoryRows.Found story, StoryRows.Kind kind, Instant before) {
        try {
            return moveTogether(List.of(story), kind, before);
        } catch (DataAccessResourceFailureException | TransactionException e) {
            throw e;
        } catch (DataAccessException e) {
            LOG.error("{} cannot be archived and stays where it is: {}", story.story(), reason(e));
            return 0;
        }
    }

    private int moveTogether(List<StoryRows.Found> found, StoryRows.Kind kind, Instant before) {
        Integer some = transaction.execute(status -> {
            rows.begin();
            int count = 0;
            for (StoryRows.Found story : rows.lock(found, kind)) {
                count += rows.move(story, kind, before);
            }
            return count;
        });
        return some == null ? 0 : some;
    }

    private static String reason(DataAccessException e) {
        return String.valueOf(e.getMostSpecificCause().getMessage());
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            // Asked to stop: what is moved is moved, the rest waits for the next run.
            Thread.currentThread().interrupt();
        }
    }
}
