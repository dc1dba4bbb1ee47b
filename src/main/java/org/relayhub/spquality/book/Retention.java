package org.relayhub.spquality.book;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.relayhub.message.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Forgets what was kept long enough: records that a later file has replaced, and what was said of files that have none
 * left. The records that count stay.
 */
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final Duration UNDECIDED = Duration.ofDays(30);

    private final JdbcClient database;
    private final int keepMonths;
    private final Clock clock;

    public Retention(JdbcClient database, int keepMonths, Clock clock) {
        this.database = database;
        this.keepMonths = keepMonths;
        this.clock = clock;
    }

    /** Does so, a file at a time, so that no lock is held for long. */
    public void prune() {
        Instant before =
                clock.instant().atZone(Serial.CHINA).minusMonths(keepMonths).toInstant();
        long records = 0;
        for (Long fileId : supersededBefore(before)) {
            records += pruneSuperseded(fileId);
        }
        int forgotten = forgetUndecided();
        int files = pruneFiles(before);
        if (records > 0 || files > 0) {
            LOG.info("Pruned {} superseded records and {} files of before {}", records, files, Serial.day(before));
        }
        if (forgotten > 0) {
            LOG.info("Forgot {} files that were taken away before they were decided", forgotten);
        }
    }

    private List<Long> supersededBefore(Instant before) {
        return database.sql("""
                        select file_id from sp_file f
                         where state = 'accepted' and kind = 'SPQ' and decided_at < :before
                           and exists (select 1 from sp_file later
                                        where later.kind = 'SPQ' and later.state = 'accepted' and later.month = f.month
                                          and later.reporter = f.reporter and later.serial > f.serial
                                          and (f.pruned_at is null or later.decided_at > f.pruned_at))
                         order by file_id
                        """)
                .param("before", Timestamp.from(before))
                .query(Long.class)
                .list();
    }

    private int pruneSuperseded(long fileId) {
        // What is accepted from now on may replace more of it.
        database.sql("update sp_file set pruned_at = :at where file_id = :fileId")
                .param("at", Timestamp.from(clock.instant()))
                .param("fileId", fileId)
                .update();
        return database.sql("""
                        delete from sp_record r
                         using sp_file f
                         where f.file_id = :fileId and r.file_id = f.file_id
                           and exists (select 1 from sp_file later join sp_record s on s.file_id = later.file_id
                                        where later.kind = 'SPQ' and later.state = 'accepted' and later.month = f.month
                                          and later.reporter = f.reporter and later.serial > f.serial
                                          and s.sp_id = r.sp_id and s.service_code = r.service_code)
                        """).param("fileId", fileId).update();
    }

    private int forgetUndecided() {
        return database.sql("delete from sp_file where state = 'received' and seen_at < :before")
                .param("before", Timestamp.from(clock.instant().minus(UNDECIDED)))
                .update();
    }

    private int pruneFiles(Instant before) {
        return database.sql("""
                        delete from sp_file f
                         where settled_at < :before and decided_at < :before
                           and not exists (select 1 from sp_record r where r.file_id = f.file_id)
                           and not exists (select 1 from sp_statement s where s.file_id = f.file_id)
                        """).param("before", Timestamp.from(before)).update();
    }
}
