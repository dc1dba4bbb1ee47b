package org.relayhub.ticket.archive;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements that find what is over and move it. The transaction is the caller's. */
final class StoryRows {

    /** What a story is. */
    enum Kind {
        /** A ticket's, known by its number. */
        TICKET,
        /** That of a message about no ticket, or about one whose own story is forgotten. */
        ALONE
    }

    /** Where one stands among those that are looked through, oldest first. */
    record Place(Instant at, long id) {

        static final Place FIRST = new Place(Instant.EPOCH, 0);
    }

    /** A story that may be over. */
    record Found(String story, Place place) {

        private static Found of(ResultSet row, int number) throws SQLException {
            return new Found(
                    row.getString("story"), new Place(row.getTimestamp("at").toInstant(), row.getLong("id")));
        }
    }

    /** Those of these stories' messages; a message that is alone is found by its serial, as the other has no index. */
    private static final String MESSAGES_OF_TICKET = "m.indict_seq = :story";

    private static final String MESSAGE_ALONE = "m.serial = :id";

    private static final String TICKET_IS_OVER = """
            select t.indict_seq as story, t.updated_at as ended_at
              from ticket t
             where t.indict_seq = :story and t.archive_month is null and t.updated_at < :before
               and not exists (select from leg l where l.indict_seq = :story and l.state <> 'ARCHIVED')
               and not exists (select from probe p where p.indict_seq = :story)
               and not exists (select from message m where m.indict_seq = :story and m.received_at >= :before)
            """;

    private static final String MESSAGE_IS_OVER = """
            select m.story, m.received_at as ended_at
              from message m
             where m.serial = :id and m.story = :story and m.received_at < :before
            """;

    private static final String MOVE = """
            with over as materialized (
                select story, date_trunc('month', ended_at at time zone 'Asia/Shanghai')::date as month
                  from (%1$s) candidate
                 where not exists (select from message m join delivery d using (serial)
                                    where %2$s and d.state in ('pending', 'retrying', 'dead'))
                   and not exists (select from message m join handling h using (serial)
                                    where %2$s and h.state in ('under-way', 'unknown'))
            ), attempts as (
                delete from attempt a using over, message m, delivery d
                 where %2$s and d.serial = m.serial and a.delivery_id = d.delivery_id returning a.*
            ), deliveries as (
                -- One that is taken up again at this moment stays, and with it, by its key, the whole story.
                delete from delivery d using over, message m
                 where %2$s and d.serial = m.serial and d.state in ('delivered', 'refused', 'discarded') returning d.*
            ), handlings as (
                delete from handling h using over, message m where %2$s and h.serial = m.serial returning h.*
            ), messages as (
                delete from message m using over where %2$s returning m.*
            ), legs as (
                delete from leg l using over where l.indict_seq = over.story returning l.*
            ), card as (
                update ticket t set archive_month = over.month from over where t.indict_seq = over.story
            )
            insert into archive (story, month, legs, messages, deliveries, attempts, handlings)
            select story, month,
                   (select coalesce(jsonb_agg(to_jsonb(l) order by leg_id), '[]') from legs l),
                   (select coalesce(jsonb_agg(to_jsonb(m) order by serial), '[]') from messages m),
                   (select coalesce(jsonb_agg(to_jsonb(d) order by delivery_id), '[]') from deliveries d),
                   (select coalesce(jsonb_agg(to_jsonb(a) order by delivery_id, attempt), '[]') from attempts a),
                   (select coalesce(jsonb_agg(to_jsonb(h) order by serial), '[]') from handlings h)
              from over
            """;

    private final JdbcClient database;

    StoryRows(JdbcClient database) {
        this.database = database;
    }

    /** Tickets whose first leg was closed before a time, from a place on. Others of their legs may be open. */
    List<Found> closed(Instant before, Place after, int limit) {
        return find("""
                        select indict_seq as story, updated_at as at, leg_id as id
                          from leg
                         where first and state = 'ARCHIVED' and updated_at < :before
                           and (updated_at, leg_id) > (:at, :id)
                         order by updated_at, leg_id limit :limit
                        """, before, after, limit);
    }

    /** Messages that are stories of their own and came before a time, from a place on. */
    List<Found> alone(Instant before, Place after, int limit) {
        return find("""
                        select story, received_at as at, serial as id
                          from message
                         where indict_seq is distinct from story and received_at < :before
                           and (received_at, serial) > (:at, :id)
                         order by received_at, serial limit :limit
                        """, before, after, limit);
    }

    private List<Found> find(String statement, Instant before, Place after, int limit) {
        return database.sql(statement)
                .param("before", Timestamp.from(before))
                .param("at", Timestamp.from(after.at()))
                .param("id", after.id())
                .param("limit", limit)
                .query(Found::of)
                .list();
    }

    /** From here to the end of the transaction, messages that are taken out keep their serials used. */
    void begin() {
        database.sql("set local hub.archives = 'on'").update();
    }

    /** Those of these that nobody works on; as whoever accepts a message about a ticket does, by the ticket's row. */
    List<Found> lock(List<Found> found, Kind kind) {
        String lock = kind == Kind.TICKET
                ? "select indict_seq from ticket where indict_seq = any (:stories) for update skip locked"
                : "select story from message where serial = any (:ids) for update skip locked";
        List<String> locked = database.sql(lock)
                .param("stories", found.stream().map(Found::story).toArray(String[]::new))
                .param("ids", found.stream().map(one -> one.place().id()).toArray(Long[]::new))
                .query(String.class)
                .list();
        return found.stream().filter(one -> locked.contains(one.story())).toList();
    }

    /**
     * Moves a story that is locked, with all its rows in one statement: what comes beside it at this moment stays out of it.
     *
     * @return 1, or 0 if it is not over
     */
    int move(Found story, Kind kind, Instant before) {
        String statement = kind == Kind.TICKET
                ? MOVE.formatted(TICKET_IS_OVER, MESSAGES_OF_TICKET)
                : MOVE.formatted(MESSAGE_IS_OVER, MESSAGE_ALONE);
        return database.sql(statement)
                .param("story", story.story())
                .param("id", story.place().id())
                .param("before", Timestamp.from(before))
                .update();
    }
}
