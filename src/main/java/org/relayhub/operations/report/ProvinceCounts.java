package org.relayhub.operations.report;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relayhub.message.Activity;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts in the ledger. */
final class ProvinceCounts {

    /** What is asked and answered at once. The index {@code message_asked} names the same. */
    private static final List<Activity> QUESTIONS = List.of(
            Activity.QUERY,
            Activity.BUSINESS_QUERY,
            Activity.BUSINESS_QUERY_PAGE,
            Activity.BUSINESS_HANDLE,
            Activity.DIAGNOSE,
            Activity.REPAIR);

    /** A part for each index that is gone by, with noughts for what the others count. */
    private static final String PARTS = """
            select right(l.upstream, 3) as province,
                   count(*) as opened,
                   count(*) filter (where l.replied_at < l.created_at + interval '12 hours') as replied_within_12h,
                   count(*) filter (where l.replied_at < l.created_at + interval '24 hours') as replied_within_24h,
                   0 as replied, 0 as reply_seconds, 0 as archived, 0 as handling_seconds, 0 as rounds,
                   0 as reprocessed, 0 as urged, 0 as returned, 0 as breached, 0 as asked, 0 as answered,
                   0 as diagnosed, 0 as explained, 0 as traceable, 0 as intercepted
              from leg l
             where l.first and not l.test and l.created_at >= :from and l.created_at < :to
             group by 1
            union all
            select right(l.upstream, 3), 0, 0, 0, count(*),
                   coalesce(sum(extract(epoch from l.replied_at - l.created_at)), 0),
                   0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              from leg l
             where l.first and not l.test and l.replied_at >= :from and l.replied_at < :to
             group by 1
            union all
            select right(l.upstream, 3), 0, 0, 0, 0, 0, count(*),
                   coalesce(sum(extract(epoch from l.archived_at - l.created_at)), 0),
                   sum(l.round),
                   count(*) filter (where l.round > 1),
                   count(*) filter (where l.urges > 0),
                   count(*) filter (where l.returns > 0),
                   count(*) filter (where l.breaches > 0),
                   0, 0, 0, 0, 0, 0
              from leg l
             where l.first and not l.test and l.archived_at >= :from and l.archived_at < :to
             group by 1
            union all
            select right(sender, 3), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                   count(*),
                   count(*) filter (where rsp_code = :success),
                   count(*) filter (where diagnosis),
                   count(*) filter (where diagnosis and cause),
                   count(*) filter (where diagnosis and number is not null),
                   count(*) filter (where diagnosis and cause and number is not null and not exists (
                       select from ticket t
                        where t.msisdn = number and t.origin = sender and not t.test
                          and t.created_at >= received_at and t.created_at < received_at + interval '24 hours'))
              from (select sender, received_at, rsp_code,
                           activity = 'diagnose' and rsp_code = :success as diagnosis,
                           answer like '%%<Verdict>%%' and answer not like '%%<Verdict>NONE_FOUND<%%' as cause,
                           case when activity = 'diagnose' then substring(document from '<MSISDN>([0-9]+)</MSISDN>')
                           end as number
                      from message
                     where activity in (%s) and not test and received_at >= :from and received_at < :to
                    offset 0) question      -- looked at once, whatever is counted of it
             group by 1
            union all
            -- what could not be answered is booked as a refusal; what was wrong with a question is not counted
            select right(identity, 3), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, count(*), 0, 0, 0, 0, 0
              from refusal
             where at >= :from and at < :to and activity = any (:questions) and code = any (:failures)
               and identity is not null and not test
             group by 1
            """;

    private final JdbcClient database;
    private final String[] questions;
    private final String[] failures;

    ProvinceCounts(JdbcClient database, ActivityCodes activities, ResponseCodes codes) {
        this.database = database;
        this.questions = QUESTIONS.stream()
                .map(activity -> activities.of(activity).activityCode())
                .toArray(String[]::new);
        this.failures = codes.worthAnotherTry().toArray(String[]::new);
    }

    /**
     * What each province came to from an instant until another; those that came to nothing are left out.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    Map<String, Figures> count(Instant from, Instant to) {
        String sums = List.of(Count.values()).stream()
                .map(count -> "sum(%1$s) as %1$s".formatted(count.column()))
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
        String labels = QUESTIONS.stream()
                .map(activity -> "'" + activity.label() + "'")
                .reduce((one, other) -> one + ", " + other)
                .orElseThrow();
        Map<String, Figures> provinces = new TreeMap<>();
        database.sql("select province, " + sums + " from (" + PARTS.formatted(labels) + ") part group by province")
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("success", ResponseCodes.SUCCESS)
                .param("questions", questions)
                .param("failures", failures)
                .query(row -> {
                    provinces.put(row.getString("province"), Figures.of(row));
                });
        return provinces;
    }
}
