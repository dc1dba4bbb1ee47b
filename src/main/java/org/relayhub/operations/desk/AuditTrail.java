package org.relayhub.operations.desk;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What operators did, newest first. Reads only: the database lets nobody change what stands there. */
public final class AuditTrail {

    /**
     * What to look for. Whatever is null or empty is not asked.
     *
     * @param actions any of them, as in {@code resend}
     * @param subject what it was done to, as in {@code delivery 17} or {@code party SIMS-250}
     * @param from the first instant
     * @param to the first instant that is too late
     */
    public record Search(
            @Nullable String operator,
            List<String> actions,
            @Nullable String subject,
            @Nullable Instant from,
            @Nullable Instant to) {

        /** Whatever was done to something. */
        public static Search of(String subject) {
            return new Search(null, List.of(), subject, null, null);
        }

        /** Whatever of some kinds was done. */
        public static Search ofActions(List<String> actions) {
            return new Search(null, actions, null, null, null);
        }
    }

    /** One act. */
    public record Entry(long id, Instant at, String operator, String action, String subject, String reason) {}

    private final JdbcClient database;

    public AuditTrail(JdbcClient database) {
        this.database = database;
    }

    /** Acts that a search names, newest first. */
    public List<Entry> find(Search search, int offset, int limit) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> values = new LinkedHashMap<>();
        equal(conditions, values, "operator", search.operator());
        if (!search.actions().isEmpty()) {
            conditions.add("action in (:actions)");
            values.put("actions", search.actions());
        }
        equal(conditions, values, "subject", search.subject());
        if (search.from() != null) {
            conditions.add("at >= :from");
            values.put("from", Timestamp.from(search.from()));
        }
        if (search.to() != null) {
            conditions.add("at < :to");
            values.put("to", Timestamp.from(search.to()));
        }
        values.put("offset", offset);
        values.put("limit", limit);
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        return database.sql("select * from audit" + where + " order by audit_id desc offset :offset limit :limit")
                .params(values)
                .query((row, n) -> new Entry(
                        row.getLong("audit_id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("operator"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("reason")))
                .list();
    }

    private static void equal(
            List<String> conditions, Map<String, Object> values, String column, @Nullable String value) {
        if (value != null) {
            conditions.add(column + " = :" + column);
            values.put(column, value);
        }
    }
}
