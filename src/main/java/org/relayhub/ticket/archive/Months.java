package org.relayhub.ticket.archive;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.relayhub.message.Serial;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The archive's partitions, one a month: made ahead, and dropped whole. */
final class Months {

    private static final String PREFIX = "archive_";
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMM");

    private final JdbcClient database;
    private final TransactionTemplate transaction;

    Months(JdbcClient database, TransactionTemplate transaction) {
        this.database = database;
        this.transaction = transaction;
    }

    /** The months that there are, oldest first. */
    List<YearMonth> all() {
        return database.sql("""
                        select substring(c.relname from :length)
                          from pg_inherits i join pg_class c on c.oid = i.inhrelid
                         where i.inhparent = 'archive'::regclass order by c.relname
                        """).param("length", PREFIX.length() + 1).query(String.class).list().stream()
                .map(name -> YearMonth.parse(name, NAME))
                .toList();
    }

    /**
     * Makes what is missing from the month of the oldest that may be archived until the month after this one.
     *
     * @param now the running month goes on in China
     */
    void make(Instant now) {
        YearMonth last = YearMonth.from(Serial.day(now)).plusMonths(1);
        List<YearMonth> there = all();
        for (YearMonth month = oldest(now); !month.isAfter(last); month = month.plusMonths(1)) {
            if (!there.contains(month)) {
                String definition =
                        "create table if not exists %s partition of archive for values from ('%s') to ('%s')"
                                .formatted(
                                        name(month),
                                        month.atDay(1),
                                        month.plusMonths(1).atDay(1));
                change(() -> database.sql(definition).update());
            }
        }
    }

    private YearMonth oldest(Instant now) {
        Instant oldest = database.sql("""
                        select least((select updated_at from leg where first and state = 'ARCHIVED'
                                       order by updated_at, leg_id limit 1),
                                     (select received_at from message where indict_seq is distinct from story
                                       order by received_at, serial limit 1),
                                     :now)
                        """)
                .param("now", Timestamp.from(now))
                .query(Timestamp.class)
                .single()
                .toInstant();
        return YearMonth.from(Serial.day(oldest));
    }

    /**
     * Drops a month with all that is in it, unless something has come into it meanwhile.
     *
     * @param known how many stories the caller knows of
     * @return whether it is dropped
     */
    boolean drop(YearMonth month, long known) {
        return change(() -> {
            database.sql("lock table %s in access exclusive mode".formatted(name(month)))
                    .update();
            long there = database.sql("select count(*) from " + name(month))
                    .query(Long.class)
                    .single();
            if (there == known) {
                database.sql("drop table " + name(month)).update();
            }
            return there == known;
        });
    }

    private static String name(YearMonth month) {
        return PREFIX + month.format(NAME);
    }

    /** Whoever reads the archive is kept waiting for moments; whoever does so for long keeps this waiting, until later. */
    private <T> T change(Supplier<T> definition) {
        return Objects.requireNonNull(transaction.execute(status -> {
            database.sql("set local lock_timeout = '3s'").update();
            // Another hub may want the same at this moment.
            database.sql("select pg_advisory_xact_lock(hashtext('archive'))").query(row -> {});
            return definition.get();
        }));
    }
}
