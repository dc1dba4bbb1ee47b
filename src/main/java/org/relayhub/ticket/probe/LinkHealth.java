package org.relayhub.ticket.probe;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the probes say of each link. */
public final class LinkHealth {

    /**
     * A link, by its last probe that has ended.
     *
     * @param trouble what the party or the way to it said; null if nothing
     * @param roundTrip from the dispatch to the party's answer; null if none came
     * @param since from when on every probe has come to the same kind of end, good or bad
     */
    public record Link(
            Party party,
            String indictSeq,
            String outcome,
            @Nullable String trouble,
            Instant endedAt,
            @Nullable Duration roundTrip,
            Instant since) {

        /** Whether the last probe came to a good end. */
        public boolean up() {
            return outcome.equals(Outcome.OK.label());
        }
    }

    private final JdbcClient database;

    public LinkHealth(JdbcClient database) {
        this.database = database;
    }

    /** Every link that was probed and whose probes are kept: those that do not do first, then by party. */
    public List<Link> all() {
        return database.sql("""
                        with recursive probed as (
                            (select party from probe order by party limit 1)
                            union all
                            select (select p.party from probe p where p.party > probed.party order by p.party limit 1)
                              from probed where probed.party is not null
                        ), last as (
                            select one.*
                              from (select party from probed where party is not null) p
                             cross join lateral (
                                select * from probe
                                 where party = p.party and ended_at is not null order by probe_id desc limit 1) one
                        )
                        select last.*,
                               coalesce((select p.ended_at from probe p
                                          where p.party = last.party and p.ended_at is not null
                                            and p.probe_id > coalesce(
                                                (select max(q.probe_id) from probe q
                                                  where q.party = last.party and (q.outcome = 'ok') = (last.outcome <> 'ok')), 0)
                                          order by p.probe_id limit 1),
                                        last.ended_at) as since
                          from last
                         order by last.outcome = 'ok', last.party
                        """).query((row, n) -> link(row)).list();
    }

    private static Link link(ResultSet row) throws SQLException {
        Timestamp answered = row.getTimestamp("answered_at");
        return new Link(
                Party.of(row.getString("party")),
                row.getString("indict_seq"),
                row.getString("outcome"),
                row.getString("trouble"),
                row.getTimestamp("ended_at").toInstant(),
                answered == null
                        ? null
                        : Duration.between(row.getTimestamp("began_at").toInstant(), answered.toInstant()),
                row.getTimestamp("since").toInstant());
    }
}
