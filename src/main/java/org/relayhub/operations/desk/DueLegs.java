package org.relayhub.operations.desk;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The legs whose receiver must answer soon, or should have. Tests are left out. */
public final class DueLegs {

    /** Beyond this nobody counts any further. */
    public static final int COUNTED = 10_000;

    /**
     * A leg that waits for an answer.
     *
     * @param dueAt until when
     */
    public record Due(
            String indictSeq,
            String svcTypeId,
            Party upstream,
            Party downstream,
            int round,
            int urges,
            Instant dueAt) {}

    private final JdbcClient database;

    public DueLegs(JdbcClient database) {
        this.database = database;
    }

    /** How many are due in a stretch of time; at most {@value #COUNTED}. */
    public int count(Instant from, Instant to) {
        return database.sql("""
                        select count(*) from (
                            select 1 from leg
                             where state = 'DISPATCHED' and due_at >= :from and due_at < :to and not test
                             limit :limit) due
                        """)
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("limit", COUNTED)
                .query(Integer.class)
                .single();
    }

    /** Those that are due first from a time on. */
    public List<Due> next(Instant from, int limit) {
        return database.sql("""
                        select l.*, t.svc_type_id
                          from leg l join ticket t using (indict_seq)
                         where l.state = 'DISPATCHED' and l.due_at >= :from and not l.test
                         order by l.due_at limit :limit
                        """)
                .param("from", Timestamp.from(from))
                .param("limit", limit)
                .query((row, n) -> new Due(
                        row.getString("indict_seq"),
                        row.getString("svc_type_id"),
                        Party.of(row.getString("upstream")),
                        Party.of(row.getString("downstream")),
                        row.getInt("round"),
                        row.getInt("urges"),
                        row.getTimestamp("due_at").toInstant()))
                .list();
    }
}
