package org.relayhub.operations.desk;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How the queues of the parties stand, and which of them operators have suspended. */
public final class PartyDesk {

    /**
     * A party's queue.
     *
     * @param waiting how many messages wait to be delivered, dead letters not counted
     * @param dead how many were given up
     * @param oldest since when the oldest of those that wait does; null if none waits
     */
    public record Queue(
            String party, int waiting, int dead, @Nullable Instant oldest) {}

    /** Since when, by whom and why a party is suspended. */
    public record Suspension(String party, String operator, Instant at, String reason) {}

    private record Success(String party, Instant at) {}

    private final JdbcClient database;
    private final Clock clock;

    public PartyDesk(JdbcClient database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The queue of every party that has one. */
    public Map<String, Queue> queues() {
        return database
                .sql("""
                        select party,
                               count(*) filter (where state <> 'dead') as waiting,
                               count(*) filter (where state = 'dead') as dead,
                               min(created_at) filter (where state <> 'dead') as oldest
                          from (select party, state, created_at from delivery where state in ('pending', 'retrying')
                                union all
                                select party, state, created_at from delivery where state = 'dead') unsettled
                         group by party
                        """)
                .query((row, n) -> {
                    Timestamp oldest = row.getTimestamp("oldest");
                    return new Queue(
                            row.getString("party"),
                            row.getInt("waiting"),
                            row.getInt("dead"),
                            oldest == null ? null : oldest.toInstant());
                })
                .list()
                .stream()
                .collect(Collectors.toMap(Queue::party, Function.identity()));
    }

    /** When each party took a message last. */
    public Map<String, Instant> lastSuccesses(Collection<Party> parties) {
        return database
                .sql("""
                        select asked.party, last.settled_at
                          from unnest(:parties::text[]) as asked (party)
                          join lateral (
                               select d.settled_at from delivery d
                                where d.party = asked.party and d.state = 'delivered'
                                order by d.settled_at desc limit 1) last on true
                        """)
                .param("parties", parties.stream().map(Party::toString).toArray(String[]::new))
                .query((row, n) -> new Success(
                        row.getString("party"), row.getTimestamp("settled_at").toInstant()))
                .list()
                .stream()
                .collect(Collectors.toMap(Success::party, Success::at));
    }

    public Map<String, Suspension> suspensions() {
        return database
                .sql("select party, operator, at, reason from suspension")
                .query((row, n) -> new Suspension(
                        row.getString("party"),
                        row.getString("operator"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("reason")))
                .list()
                .stream()
                .collect(Collectors.toMap(Suspension::party, Function.identity()));
    }

    /** Stops deliveries to a party. Returns whether they were not stopped already. */
    public boolean suspend(Party party, String operator, String reason) {
        return audited("suspend", """
                        insert into suspension (party, operator, at, reason)
                        values (:party, :operator, :at, :reason)
                        on conflict (party) do nothing returning party""", party, operator, reason);
    }

    /** Lets deliveries to a party go on. Returns whether they were stopped. */
    public boolean resume(Party party, String operator, String reason) {
        return audited(
                "resume", "delete from suspension where party = :party returning party", party, operator, reason);
    }

    private boolean audited(String action, String change, Party party, String operator, String reason) {
        return database.sql("""
                        with done as (%s)
                        insert into audit (at, operator, action, subject, reason)
                        select :at, :operator, :action, 'party ' || party, :reason from done
                        """.formatted(change))
                        .param("party", party.toString())
                        .param("at", Timestamp.from(clock.instant()))
                        .param("operator", operator)
                        .param("action", action)
                        .param("reason", reason)
                        .update()
                > 0;
    }
}
