package org.relayhub.diagnosis.alarm;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The book of alarms. Each is one row, in which what was heard of it is merged: the latest raising and the latest clearing.
 * A message may come late, again, and to any hub: the row is the same in the end. An alarm is active if it was raised later
 * than it was last cleared.
 */
public final class AlarmBook {

    /** As many as a diagnosis can make sense of. */
    private static final int MOST_OF_A_DIAGNOSIS = 20;

    /** A clearing makes one row old at most, so this keeps up. */
    private static final int FORGOTTEN_AT_ONCE = 100;

    private final JdbcClient database;
    private final Duration keepCleared;

    /** @param keepCleared how long a cleared alarm is remembered after it was last heard of */
    public AlarmBook(JdbcClient database, Duration keepCleared) {
        this.database = database;
        this.keepCleared = keepCleared;
    }

    /**
     * Books what a message says. Returns after the commit.
     *
     * <p>Of two messages the one that was raised later says what the alarm is. Of two that were raised at the same time it
     * is the more severe one, so that hubs agree in whatever order they come; what else may differ is decided by the order
     * of text.
     */
    public void book(Alarm alarm) {
        database.sql("""
                        insert into alarm as known (node, alarm_id, line_no, area, severity, raised_at, cleared_at,
                                                    received_at, description)
                        values (:node, :alarmId, :lineNo, :area, cast(:severity as alarm_severity), :raisedAt, :clearedAt,
                                :receivedAt, :description)
                        on conflict (node, alarm_id) do update
                           set (raised_at, severity, line_no, area, description) = (
                                   select *
                                     from (values (known.raised_at, known.severity, known.line_no, known.area,
                                                   known.description),
                                                  (excluded.raised_at, excluded.severity, excluded.line_no, excluded.area,
                                                   excluded.description))
                                          as said (raised_at, severity, line_no, area, description)
                                    order by raised_at desc, severity desc,
                                             line_no collate "C" desc nulls last, area collate "C" desc nulls last,
                                             description collate "C" desc nulls last
                                    limit 1),
                               cleared_at = greatest(known.cleared_at, excluded.cleared_at),
                               received_at = greatest(known.received_at, excluded.received_at)
                        """)
                .param("node", alarm.node())
                .param("alarmId", alarm.alarmId())
                .param("lineNo", alarm.lineNo(), Types.VARCHAR)
                .param("area", alarm.area(), Types.VARCHAR)
                .param("severity", alarm.severity().name())
                .param("raisedAt", Timestamp.from(alarm.raisedAt()))
                .param("clearedAt", timestamp(alarm.clearedAt()), Types.TIMESTAMP)
                .param("receivedAt", Timestamp.from(alarm.receivedAt()))
                .param("description", alarm.description(), Types.VARCHAR)
                .update();
        if (alarm.clearedAt() != null) {
            forget(alarm.receivedAt().minus(keepCleared));
        }
    }

    /**
     * Forgets some of what is cleared and was last heard of before an instant. It is a statement of its own that passes over
     * rows in use, so that no two hubs wait for each other.
     */
    private void forget(Instant before) {
        database.sql("""
                        delete from alarm
                         where (node, alarm_id) in (
                                   select node, alarm_id
                                     from alarm
                                    where not active and received_at < :before
                                    order by received_at
                                    limit :most
                                      for update skip locked)
                        """)
                .param("before", Timestamp.from(before))
                .param("most", FORGOTTEN_AT_ONCE)
                .update();
    }

    /**
     * The alarms that may explain what a customer complains of.
     *
     * @param node the province whose platform has raised them
     * @param lineNos the customer's lines; may be empty
     * @param area the area that they are in; null if nobody knows
     * @param raisedSince the first instant of their raising that counts
     * @return active ones on one of the lines or in the area, the most severe first and of these the newest, at most 20
     */
    public List<Alarm> active(String node, Collection<String> lineNos, @Nullable String area, Instant raisedSince) {
        return database.sql("""
                        select * from alarm
                         where active and node = :node and raised_at >= :since
                           and (line_no = any (:lineNos) or area = :area)
                         order by severity desc, raised_at desc, alarm_id
                         limit :most
                        """)
                .param("node", node)
                .param("since", Timestamp.from(raisedSince))
                .param("lineNos", lineNos.toArray(String[]::new))
                .param("area", area, Types.VARCHAR)
                .param("most", MOST_OF_A_DIAGNOSIS)
                .query(AlarmBook::alarm)
                .list();
    }

    /**
     * Which active alarms to look for. Whatever is null is not asked.
     *
     * @param node the province
     * @param lineNo the disturbed line
     * @param area the disturbed area
     */
    public record Search(
            @Nullable String node,
            @Nullable String lineNo,
            @Nullable String area) {}

    /** Active alarms that a search names, newest first. */
    public List<Alarm> find(Search search, int offset, int limit) {
        List<String> conditions = new ArrayList<>(List.of("active"));
        Map<String, Object> values = new LinkedHashMap<>();
        ask("node", search.node(), conditions, values);
        ask("line_no", search.lineNo(), conditions, values);
        ask("area", search.area(), conditions, values);
        values.put("offset", offset);
        values.put("limit", limit);
        return database.sql("select * from alarm where " + String.join(" and ", conditions)
                        + " order by raised_at desc, node, alarm_id offset :offset limit :limit")
                .params(values)
                .query(AlarmBook::alarm)
                .list();
    }

    private static void ask(
            String column, @Nullable String value, List<String> conditions, Map<String, Object> values) {
        if (value != null) {
            conditions.add(column + " = :" + column);
            values.put(column, value);
        }
    }

    /** How many alarms are active. It finds them by an index, and reads nothing of those that are cleared. */
    public long count() {
        return database.sql("select count(*) from alarm where active")
                .query(Long.class)
                .single();
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static Alarm alarm(ResultSet row, int number) throws SQLException {
        Timestamp cleared = row.getTimestamp("cleared_at");
        return new Alarm(
                row.getString("node"),
                row.getString("alarm_id"),
                row.getString("line_no"),
                row.getString("area"),
                Severity.valueOf(row.getString("severity")),
                row.getTimestamp("raised_at").toInstant(),
                cleared == null ? null : cleared.toInstant(),
                row.getTimestamp("received_at").toInstant(),
                row.getString("description"));
    }
}
