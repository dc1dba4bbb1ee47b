package org.relayhub.plans;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A ledger of many tickets, made of sets of rows: ninety days of them, most of them closed, some that wait and some that
 * are late, with a tenth as many in the archive. Documents are short.
 * It may be kept in a folder, and is used again where that has one.
 */
final class FilledLedger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FilledLedger.class);

    private static final List<String> TABLES = List.of(
            "ticket", "leg", "message", "received_serial", "delivery", "attempt", "handling", "refusal", "archive");

    /** In the order of their keys: leg, message and delivery of one number belong together. */
    private static final List<String> ROWS =
            List.of("""
            insert into ticket (indict_seq, origin, test, svc_type_id, msisdn, created_at, updated_at)
            select to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || 'CSVC' || province || lpad((n % 10000000)::text, 7, '0'),
                   'CRM-' || province, false, (array['030101', '030201', '0451', '0401', '010203'])[1 + n % 5],
                   '138' || lpad((n::bigint * 7919 % 100000000)::text, 8, '0'), at, at + interval '10 hours'
              from (select n, now() - interval '90 days' * (:tickets - n) / :tickets as at,
                           (array['100', '200', '210', '220', '230', '240', '250', '270', '280', '290', '311', '351', '371', '431',
                                  '451', '471', '531', '551', '571', '591', '731', '771', '791', '851', '871', '891', '898',
                                  '931', '951', '971', '991'])[1 + n % 31] as province
                      from generate_series(1, :tickets) n) each
            """, """
            insert into leg (indict_seq, upstream, downstream, state, round, urges, urgent_id, dead_time, created_at,
                             updated_at, round_at, due_at, check_at, first, replied_at, archived_at)
            select indict_seq, origin, 'CSVC-000', state, 1, 0, (array['01', '01', '01', '02', '03'])[1 + n % 5], due, created_at,
                   updated_at, created_at, due, case when state = 'DISPATCHED' and due > now() then due end, true,
                   case when state in ('REPLIED', 'ARCHIVED') then created_at + interval '5 hours' end,
                   case when state = 'ARCHIVED' then updated_at end
              from (select *, created_at + interval '2 days' as due,
                           case when created_at > now() - interval '3 days'
                                then (array['DISPATCHED', 'DISPATCHED', 'DISPATCHED', 'DISPATCHED', 'REPLIED', 'REPLIED',
                                            'ARCHIVED', 'ARCHIVED', 'ARCHIVED', 'RETURNED'])[1 + n % 10]
                                when n % 200 < 190 then 'ARCHIVED' when n % 200 < 196 then 'REPLIED'
                                when n % 200 < 197 then 'RETURNED' else 'DISPATCHED' end as state
                      from (select *, right(indict_seq, 7)::int as n from ticket) numbered) each
            """, """
            insert into leg (indict_seq, upstream, downstream, state, round, urges, urgent_id, dead_time, created_at,
                             updated_at, round_at, due_at)
            select indict_seq, 'CSVC-000', case when leg_id % 4 = 0 then 'SIMS-000' else 'SIMS-' || right(upstream, 3) end,
                   case when state = 'ARCHIVED' then state else 'DISPATCHED' end, 1, 0, urgent_id, dead_time, created_at,
                   updated_at, round_at, due_at
              from leg where leg_id % 2 = 0
            """, """
            insert into message (serial, story, sender, trans_ido, digest, received_at, activity, home, indict_seq, transport,
                                 test, document, rsp_code, rsp_desc)
            overriding system value
            select leg_id, indict_seq, upstream, upstream || leg_id, '\\x00', created_at, 'dispatch', downstream, indict_seq, 'soap',
                   false, '<InterBOSS><SvcCont><DispatchReq/></SvcCont></InterBOSS>', '0000', ''
              from leg
            """, """
            insert into message (serial, story, sender, trans_ido, digest, received_at, activity, home, transport, test, document,
                                 rsp_code, rsp_desc, answer)
            overriding system value
            select (select max(leg_id) from leg) + n, 'CRM-250 D' || n, 'CRM-250', 'D' || n, '\\x00',
                   now() - interval '90 days' * (:tickets / 5 - n) / (:tickets / 5),
                   (array['diagnose', 'business-query', 'business-query', 'repair'])[1 + n % 4], 'CSVC-000', 'soap', false,
                   '<DiagnoseReq><MSISDN>138' || lpad(n::text, 8, '0') || '</MSISDN></DiagnoseReq>', '0000', '',
                   '<DiagnoseRsp><Verdict>NETWORK_FAULT</Verdict></DiagnoseRsp>'
              from generate_series(1, :tickets / 5) n
            """, """
            insert into received_serial select sender, trans_ido, serial, story from message
            """, """
            insert into delivery (delivery_id, serial, story, party, leg_id, urgency, state, holds, claims, attempts, next_try_at,
                                  give_up_at, last_code, last_error, created_at, settled_at)
            overriding system value
            select leg_id, leg_id, indict_seq, downstream, leg_id, urgency, state, state <> 'delivered', 1, 1,
                   case when state = 'retrying' then now() + leg_id % 3000 * interval '1 second' else created_at end,
                   created_at + interval '1 day', case when state <> 'pending' then '0000' end, '', created_at,
                   case when state = 'delivered' then created_at + interval '1 second' end
              from (select leg_id, indict_seq, downstream, urgency, created_at,
                           case when leg_id % 10007 = 0 then 'dead'
                                when created_at < now() - interval '6 hours' then 'delivered'
                                when leg_id % 3 = 0 then 'pending' when leg_id % 3 = 1 then 'retrying' else 'delivered' end as state
                      from leg) each
            """, """
            insert into attempt (delivery_id, story, attempt, hub, at, millis, code, description)
            select delivery_id, story, 1, 'hub-1', created_at, 12, '0000', '' from delivery where state <> 'pending'
            """, """
            insert into handling (serial, story, platform, state, called_at, answer_until)
            select serial, story, 'MVID-000', case when serial % 1000 = 0 then 'unknown' else 'answered' end, received_at, received_at
              from message where activity = 'repair' and serial % 10 = 0
            """, """
            insert into refusal (at, identity, claimed, transport, code, description)
            select now() - interval '90 days' * (:tickets / 50 - n) / (:tickets / 50), 'crm-250', 'CRM-250', 'soap', '0105', ''
              from generate_series(1, :tickets / 50) n
            """, """
            insert into ticket (indict_seq, origin, test, svc_type_id, msisdn, created_at, updated_at, archive_month)
            select to_char(at at time zone 'Asia/Shanghai', 'YYYYMMDD') || 'CSVC999' || lpad((n % 10000000)::text, 7, '0'), 'CRM-250',
                   false, '030101', '139' || lpad((n::bigint * 7919 % 100000000)::text, 8, '0'), at, at,
                   date_trunc('month', at at time zone 'Asia/Shanghai')
              from (select n, now() - interval '95 days' - interval '600 days' * (:tickets / 10 - n) / (:tickets / 10) as at
                      from generate_series(1, :tickets / 10) n) each
            """, """
            insert into archive
            select indict_seq, archive_month,
                   jsonb_build_array(jsonb_build_object('leg_id', 0, 'indict_seq', indict_seq, 'upstream', origin,
                       'downstream', 'CSVC-000', 'state', 'ARCHIVED', 'round', 1, 'urges', 0, 'dead_time', updated_at,
                       'updated_at', updated_at)),
                   jsonb_build_array(jsonb_build_object('serial', 0, 'sender', origin, 'trans_ido', indict_seq,
                       'indict_seq', indict_seq, 'received_at', created_at, 'home', 'CSVC-000', 'activity', 'dispatch',
                       'transport', 'soap', 'test', false, 'rsp_code', '0000', 'rsp_desc', '', 'digest', '\\x00')),
                   '[]', '[]', '[]'
              from ticket where archive_month is not null
            """, """
            insert into received_serial select origin, indict_seq, 0, indict_seq from ticket where archive_month is not null
            """, """
            insert into probe (party, indict_seq, began_at, taken_at, answered_at, ended_at, outcome)
            select (array['CSVC-000', 'SIMS-000', 'SIMS-250'])[1 + n % 3], '20250101CSVC999' || lpad(n::text, 7, '0'), at, at, at, at, 'ok'
              from (select n, now() - interval '7 days' * (20000 - n) / 20000 as at from generate_series(1, 20000) n) each
            """, """
            insert into province_day
            select day::date, '250', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
              from generate_series(now() - interval '100 days', now() - interval '3 days', interval '1 day') day
            """);

    /** What PostgreSQL makes sense of when it is alone on its machine; and the plan of each statement to its client. */
    private static final List<String> SETTINGS = List.of(
            "fsync=off",
            "synchronous_commit=off",
            "wal_level=minimal",
            "max_wal_senders=0",
            "max_wal_size=16GB",
            "shared_buffers=1GB",
            "maintenance_work_mem=512MB",
            "effective_cache_size=4GB",
            "random_page_cost=1.1",
            "autovacuum=off",
            "session_preload_libraries=auto_explain",
            "auto_explain.log_format=json",
            "auto_explain.log_analyze=on",
            "auto_explain.log_timing=off",
            "auto_explain.log_nested_statements=on",
            "auto_explain.log_level=notice");

    private final EmbeddedPostgres server;
    private final JdbcClient database;

    /** @param folder where it is kept; null for nowhere */
    FilledLedger(int tickets, @Nullable String folder) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        SETTINGS.forEach(setting -> builder.setServerConfig(setting.split("=")[0], setting.split("=", 2)[1]));
        boolean there = folder != null && Files.exists(Path.of(folder, "PG_VERSION"));
        if (folder != null) {
            builder.setDataDirectory(Path.of(folder)).setCleanDataDirectory(false);
        }
        server = builder.start();
        database = JdbcClient.create(dataSource());
        if (!there) {
            Flyway.configure()
                    .dataSource(dataSource())
                    .locations("filesystem:" + Path.of("schemas/database").toAbsolutePath())
                    .load()
                    .migrate();
            fill(tickets);
        }
    }

    DataSource dataSource() {
        return server.getPostgresDatabase();
    }

    JdbcClient database() {
        return database;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    /** Rows first and their keys and indexes afterwards: that is what takes the time. */
    private void fill(int tickets) {
        long began = System.nanoTime();
        months();
        List<String> keys = definitions("""
                select 'alter table ' || conrelid::regclass || ' add constraint ' || conname || ' ' || pg_get_constraintdef(oid)
                  from pg_constraint
                 where conrelid = any (:tables::text[]::regclass[]) and contype in ('p', 'u', 'f')
                 order by contype = 'f', conname
                """);
        List<String> indexes = definitions("""
                select indexdef from pg_indexes i
                 where tablename = any (:tables::text[])
                   and not exists (select from pg_constraint c where c.conname = i.indexname)
                """);
        definitions("""
                select 'alter table ' || conrelid::regclass || ' drop constraint ' || conname || ' cascade' from pg_constraint
                 where conrelid = any (:tables::text[]::regclass[]) and contype in ('p', 'u', 'f')
                 order by contype <> 'f'
                """).forEach(this::run);
        definitions("select 'drop index ' || indexname from pg_indexes where tablename = any (:tables::text[])")
                .forEach(this::run);
        for (String rows : ROWS) {
            run(rows.replace(":tickets", String.valueOf(tickets)));
        }
        Stream.of(keys, indexes).flatMap(List::stream).forEach(this::run);
        run("select setval('message_serial_seq', (select max(serial) from message)),"
                + " setval('delivery_delivery_id_seq', (select max(delivery_id) from delivery))");
        run("vacuum analyze");
        LOG.info("{} tickets are there after {} s", tickets, (System.nanoTime() - began) / 1_000_000_000);
    }

    private void months() {
        definitions("""
                select format('create table archive_%s partition of archive for values from (%L) to (%L)',
                              to_char(month, 'YYYYMM'), month::date, (month + interval '1 month')::date)
                  from generate_series(date_trunc('month', now() - interval '25 months'),
                                       date_trunc('month', now() + interval '1 month'), interval '1 month') month
                 where cardinality(:tables::text[]) > 0
                """).forEach(this::run);
    }

    private List<String> definitions(String query) {
        return database.sql(query)
                .param("tables", TABLES.toArray(String[]::new))
                .query(String.class)
                .list();
    }

    private void run(String statement) {
        long began = System.nanoTime();
        if (statement.startsWith("select")) {
            database.sql(statement).query(row -> {});
        } else {
            database.sql(statement).update();
        }
        LOG.info(
                "{} ms: {}",
                (System.nanoTime() - began) / 1_000_000,
                statement.strip().lines().findFirst().orElse(""));
    }
}
