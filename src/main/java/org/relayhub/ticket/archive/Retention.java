package org.relayhub.ticket.archive;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.relayhub.message.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Forgets what was kept long enough: of a month of the archive first the tickets' cards and the serials, in batches, and
 * then all the rest at once. Whoever is interrupted begins the month anew, and finds less to do.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final int AT_ONCE = 500;

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Months months;
    private final LedgerSettings settings;
    private final Clock clock;
    private final Counter forgotten;

    public Retention(
            JdbcClient database,
            TransactionTemplate transaction,
            LedgerSettings settings,
            MeterRegistry meters,
            Clock clock) {
        this.database = database;
        this.transaction = transaction;
        this.months = new Months(database, transaction);
        this.settings = settings;
        this.clock = clock;
        this.forgotten = Counter.builder("hub.ledger.forgotten")
                .description("stories of the archive that this hub has forgotten")
                .register(meters);
    }

    /**
     * Forgets the months that are over for long enough, and refusals that are as old.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public void prune() {
        Instant now = clock.instant();
        YearMonth first = YearMonth.from(Serial.day(now)).minusMonths(settings.keepMonths());
        months.all().stream().filter(month -> month.isBefore(first)).forEach(month -> forget(month, now));
        pruneRefusals(first.atDay(1).atStartOfDay(Serial.CHINA).toInstant());
    }

    private void forget(YearMonth month, Instant now) {
        long all = 0;
        String after = "";
        for (List<String> stories = stories(month, after); !stories.isEmpty(); stories = stories(month, after)) {
            List<String> some = stories;
            transaction.executeWithoutResult(status -> forget(month, some, now.minus(settings.archiveAfter())));
            after = stories.get(stories.size() - 1);
            all += stories.size();
        }
        if (months.drop(month, all)) {
            forgotten.increment(all);
            LOG.info("Forgot {}: {} stories", month, all);
        }
    }

    private List<String> stories(YearMonth month, String after) {
        return database.sql("""
                        select story from archive where month = :month and story > :after order by story limit :limit
                        """)
                .param("month", month.atDay(1))
                .param("after", after)
                .param("limit", AT_ONCE)
                .query(String.class)
                .list();
    }

    private void forget(YearMonth month, List<String> stories, Instant old) {
        run(month, stories, old, """
                delete from received_serial r
                 using archive a
                 cross join lateral jsonb_to_recordset(a.messages) as m (sender text, trans_ido text)
                 where a.month = :month and a.story = any (:stories)
                   and r.sender = m.sender and r.trans_ido = m.trans_ido
                """);
        // What was said of a ticket after it was archived: a query, a message that was refused, a handling.
        run(month, stories, old, """
                with alone as (
                    update message
                       set story = sender || ' ' || trans_ido
                     where indict_seq = any (:stories) and story = indict_seq and received_at >= :old
                       and (select archive_month from ticket t where t.indict_seq = message.indict_seq) = :month
                    returning serial, story, sender, trans_ido
                ), called as (
                    update handling h set story = alone.story from alone where h.serial = alone.serial
                )
                update received_serial r
                   set story = alone.story
                  from alone
                 where r.sender = alone.sender and r.trans_ido = alone.trans_ido
                """);
        run(month, stories, old, """
                with gone as (
                    select m.serial, m.sender, m.trans_ido
                      from message m join ticket t using (indict_seq)
                     where m.indict_seq = any (:stories) and m.story = m.indict_seq and t.archive_month = :month
                ), not_called as (
                    delete from handling where serial in (select serial from gone)
                ), not_used as (
                    delete from received_serial r using gone
                     where r.sender = gone.sender and r.trans_ido = gone.trans_ido
                )
                delete from message where serial in (select serial from gone)
                """);
        run(month, stories, old, """
                delete from ticket where indict_seq = any (:stories) and archive_month = :month
                """);
    }

    private void run(YearMonth month, List<String> stories, Instant old, String statement) {
        database.sql(statement)
                .param("month", month.atDay(1))
                .param("stories", stories.toArray(String[]::new))
                .param("old", Timestamp.from(old))
                .update();
    }

    private void pruneRefusals(Instant before) {
        int some;
        do {
            some = database.sql("""
                            delete from refusal where refusal_id = any (array(
                                select refusal_id from refusal where at < :before order by at limit :limit))
                            """)
                    .param("before", Timestamp.from(before))
                    .param("limit", AT_ONCE)
                    .update();
        } while (some == AT_ONCE);
    }
}
