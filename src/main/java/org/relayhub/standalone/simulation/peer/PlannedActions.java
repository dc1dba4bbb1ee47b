package org.relayhub.standalone.simulation.peer;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codes.ActivityCodes;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the simulated peers are going to send, kept in the database so that a restart loses none of it. A document is
 * written when it is planned, with its TransIDO: every try sends the same.
 */
public final class PlannedActions {

    /**
     * One message that is due.
     *
     * @param document canonical
     * @param attempts how often it has been tried, this time included
     */
    public record Action(
            long id, Party party, Party home, String indictSeq, Activity activity, String document, int attempts) {}

    /** Longer than any call takes: only what could not be settled is claimed again. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final JdbcClient database;
    private final ActivityCodes codes;
    private final DocumentWriter writer;

    public PlannedActions(JdbcClient database, ActivityCodes codes, DocumentWriter writer) {
        this.database = database;
        this.codes = codes;
        this.writer = writer;
    }

    /** A serial that no peer has used before: at most 30 characters, of which the first name the party. */
    public String serial(Party party, Instant now) {
        long number = database.sql("select nextval('simulation.serial')")
                .query(Long.class)
                .single();
        return "%s%s%s%09d".formatted(party.domain(), party.node(), Serial.compactTime(now), number % 1_000_000_000L);
    }

    /** A request of a peer in canonical form, with a fresh TransIDO. */
    public String document(Party party, Party home, Activity activity, boolean test, Body body, Instant now) {
        Header header = codes.of(activity).request(party, home, serial(party, now), now, test);
        return writer.write(InterBossDocument.of(header, null, body));
    }

    /**
     * Plans to send a message about a ticket.
     *
     * @param due not earlier than this, and not before what the party planned to send to the same home of the same
     *     ticket before
     */
    public void plan(
            Party party,
            Party home,
            String indictSeq,
            Activity activity,
            boolean test,
            Body body,
            Instant now,
            Instant due) {
        database.sql("""
                        insert into simulation.planned (party, home, indict_seq, activity, document, due_at)
                        values (:party, :home, :indictSeq, :activity, :document, :due)
                        """)
                .param("party", party.toString())
                .param("home", home.toString())
                .param("indictSeq", indictSeq)
                .param("activity", activity.label())
                .param("document", document(party, home, activity, test, body, now))
                .param("due", Timestamp.from(due))
                .update();
    }

    /** Claims what is due, the oldest of each ticket and way only. */
    public List<Action> claim(int atMost, Instant now) {
        return database.sql("""
                        update simulation.planned
                           set leased_to = :leasedTo, attempts = attempts + 1
                         where action_id in (
                               select p.action_id
                                 from simulation.planned p
                                where p.due_at <= :now and (p.leased_to is null or p.leased_to <= :now)
                                  and not exists (
                                      select 1
                                        from simulation.planned earlier
                                       where earlier.party = p.party and earlier.home = p.home
                                         and earlier.indict_seq = p.indict_seq and earlier.action_id < p.action_id)
                                order by p.due_at
                                limit :atMost)
                        returning action_id, party, home, indict_seq, activity, document, attempts
                        """)
                .param("now", Timestamp.from(now))
                .param("leasedTo", Timestamp.from(now.plus(LEASE)))
                .param("atMost", atMost)
                .query((row, n) -> new Action(
                        row.getLong("action_id"),
                        Party.of(row.getString("party")),
                        Party.of(row.getString("home")),
                        row.getString("indict_seq"),
                        Activity.of(row.getString("activity")),
                        row.getString("document"),
                        row.getInt("attempts")))
                .list();
    }

    /** Forgets an action that is settled. */
    public void done(Action action) {
        database.sql("delete from simulation.planned where action_id = :id")
                .param("id", action.id())
                .update();
    }

    /** Gives an action back, to be claimed when it is due. */
    public void again(Action action, Instant due) {
        database.sql("update simulation.planned set leased_to = null, due_at = :due where action_id = :id")
                .param("due", Timestamp.from(due))
                .param("id", action.id())
                .update();
    }

    /** Takes back the claims of a process that ended while it was sending. */
    public void releaseAll() {
        database.sql("update simulation.planned set leased_to = null where leased_to is not null")
                .update();
    }

    /** How many messages wait. */
    public int waiting() {
        return database.sql("select count(*) from simulation.planned")
                .query(Integer.class)
                .single();
    }
}
