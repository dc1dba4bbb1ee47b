package org.relayhub.standalone.simulation.service;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is on the blacklist of which platform, and every change of it. At first nobody is. */
final class Blacklists {

    /** Who changed something, and when. */
    record Change(boolean blocked, Instant at, String channel, String staff) {}

    private final JdbcClient database;

    Blacklists(JdbcClient database) {
        this.database = database;
    }

    /** Since when and by whom a number is on the list; empty if it is not. */
    Optional<Change> find(Party platform, String msisdn) {
        return database.sql("""
                        select since, channel, staff from simulation.blacklist
                         where party = :party and msisdn = :msisdn
                        """)
                .param("party", platform.toString())
                .param("msisdn", msisdn)
                .query((row, n) -> new Change(
                        true, row.getTimestamp("since").toInstant(), row.getString("channel"), row.getString("staff")))
                .optional();
    }

    /** The changes from one instant on and before another, newest first. */
    List<Change> changes(Party platform, String msisdn, Instant from, Instant until) {
        return database.sql("""
                        select blocked, at, channel, staff from simulation.blacklist_log
                         where party = :party and msisdn = :msisdn and at >= :from and at < :until
                         order by at desc, log_id desc
                        """)
                .param("party", platform.toString())
                .param("msisdn", msisdn)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .query((row, n) -> new Change(
                        row.getBoolean("blocked"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("channel"),
                        row.getString("staff")))
                .list();
    }

    /**
     * Puts a number on the list or takes it off.
     *
     * @return whether that changed anything
     */
    boolean change(Party platform, String msisdn, Change change) {
        boolean changed = (change.blocked() ? put(platform, msisdn, change) : take(platform, msisdn)) > 0;
        if (changed) {
            log(platform, msisdn, change);
        }
        return changed;
    }

    private int put(Party platform, String msisdn, Change change) {
        return database.sql("""
                        insert into simulation.blacklist (party, msisdn, since, channel, staff)
                        values (:party, :msisdn, :since, :channel, :staff)
                        on conflict do nothing
                        """)
                .param("party", platform.toString())
                .param("msisdn", msisdn)
                .param("since", Timestamp.from(change.at()))
                .param("channel", change.channel())
                .param("staff", change.staff())
                .update();
    }

    private int take(Party platform, String msisdn) {
        return database.sql("delete from simulation.blacklist where party = :party and msisdn = :msisdn")
                .param("party", platform.toString())
                .param("msisdn", msisdn)
                .update();
    }

    private void log(Party platform, String msisdn, Change change) {
        database.sql("""
                        insert into simulation.blacklist_log (party, msisdn, blocked, at, channel, staff)
                        values (:party, :msisdn, :blocked, :at, :channel, :staff)
                        """)
                .param("party", platform.toString())
                .param("msisdn", msisdn)
                .param("blocked", change.blocked())
                .param("at", Timestamp.from(change.at()))
                .param("channel", change.channel())
                .param("staff", change.staff())
                .update();
    }
}
