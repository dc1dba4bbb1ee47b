package org.relayhub.operations;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.relayhub.ticket.archive.Archive;
import org.relayhub.ticket.archive.LedgerSettings;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger as a test wants it. */
final class FixtureLedger {

    /** Noon of a day in China. */
    static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

    static final String TICKET = "20260301CSVC2500000001";

    private final JdbcClient database;

    FixtureLedger(JdbcClient database) {
        this.database = database;
    }

    JdbcClient database() {
        return database;
    }

    void clear() {
        database.sql(
                        // As a replica would: the audit's own trigger keeps it otherwise.
                        "set session_replication_role = replica;"
                                + " truncate message, received_serial, archive, handling, ticket, leg, delivery, attempt, refusal, audit, suspension, alarm,"
                                + " spring_session, province_day restart identity cascade; set session_replication_role = origin")
                .update();
    }

    void ticket(String indictSeq, String origin, String svcType, String msisdn, Instant at) {
        database.sql("insert into ticket values (:seq, :origin, false, :type, :msisdn, :at, :at)")
                .param("seq", indictSeq)
                .param("origin", origin)
                .param("type", svcType)
                .param("msisdn", msisdn)
                .param("at", Timestamp.from(at))
                .update();
    }

    long leg(String indictSeq, String upstream, String downstream, String state) {
        return database.sql("""
                        insert into leg (indict_seq, upstream, downstream, state, round, urges, dead_time, created_at,
                                         updated_at, round_at, first)
                        select indict_seq, :up, :down, :state, 1, 0, :at, created_at, :at, :at,
                               not exists (select from leg l where l.indict_seq = t.indict_seq)
                          from ticket t where indict_seq = :seq returning leg_id
                        """)
                .param("seq", indictSeq)
                .param("up", upstream)
                .param("down", downstream)
                .param("state", state)
                .param("at", Timestamp.from(NOON))
                .query(Long.class)
                .single();
    }

    /** A message that was accepted; its document holds what a masked one must not. */
    long message(String sender, String transIdo, String home, String activity, String indictSeq, Instant at) {
        return database.sql("""
                        insert into message (sender, trans_ido, digest, received_at, activity, home, indict_seq,
                                             transport, test, document, rsp_code, rsp_desc)
                        values (:sender, :transIdo, '', :at, :activity, :home, :seq, :transport, false, :document,
                                '0000', '') returning serial
                        """)
                .param("sender", sender)
                .param("transIdo", transIdo)
                .param("at", Timestamp.from(at))
                .param("activity", activity)
                .param("home", home)
                .param("seq", indictSeq)
                .param("transport", sender.equals("HUB-000") ? "hub" : "soap")
                .param("document", document())
                .query(Long.class)
                .single();
    }

    static String document() {
        return "<InterBOSS xmlns=\"urn:relay-hub:interboss:1\"><Version>0100</Version>"
                + "<RoutingInfo><RouteType>01</RouteType><Routing><HomeDomain>CSVC</HomeDomain>"
                + "<RouteValue>13800130000</RouteValue></Routing></RoutingInfo><TransInfo><SessionID>13800140000</SessionID>"
                + "<TransIDO>T1</TransIDO></TransInfo><SvcCont><DispatchReq><IndictSeq>" + TICKET + "</IndictSeq>"
                + "<MSISDN>13800130000</MSISDN><SubsName>张三</SubsName><CallerNo>02588886666</CallerNo><CalledNo>10086</CalledNo>"
                + "<SvcTypeId>0301</SvcTypeId><Title>被多扣费</Title><ServiceContent>客户张三 &amp; 13800130000"
                + "</ServiceContent><Unheard>of</Unheard></DispatchReq></SvcCont></InterBOSS>";
    }

    long delivery(long serial, String party, @Nullable Long legId, String state, Instant at) {
        return database.sql("""
                        insert into delivery (serial, party, leg_id, state, next_try_at, created_at, give_up_at)
                        values (:serial, :party, :leg, :state, :at, :at, :at) returning delivery_id
                        """)
                .param("serial", serial)
                .param("party", party)
                .param("leg", legId, java.sql.Types.BIGINT)
                .param("state", state)
                .param("at", Timestamp.from(at))
                .query(Long.class)
                .single();
    }

    void attempt(long deliveryId, int attempt, String code, String description, @Nullable String transIdh, Instant at) {
        database.sql("insert into attempt values (:id, :attempt, 'hub-1', :at, 12, :code, :description, :transIdh)")
                .param("id", deliveryId)
                .param("attempt", attempt)
                .param("at", Timestamp.from(at))
                .param("code", code)
                .param("description", description)
                .param("transIdh", transIdh)
                .update();
        database.sql("""
                        update delivery set attempts = :attempt, last_code = :code, last_error = :description,
                               holds = state in ('pending', 'retrying', 'dead'),
                               settled_at = case when state = 'delivered' then cast(:at as timestamptz) end
                         where delivery_id = :id
                        """)
                .param("id", deliveryId)
                .param("attempt", attempt)
                .param("code", code)
                .param("description", description)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Archives whatever is closed, as after a hundred days. */
    void archive(DataSource source) {
        noughts();
        Clock later = Clock.fixed(NOON.plus(Duration.ofDays(100)), ZoneOffset.UTC);
        new Archive(
                        database,
                        new TransactionTemplate(new DataSourceTransactionManager(source)),
                        new LedgerSettings(Duration.ofDays(90), 24),
                        Duration.ofMinutes(1),
                        new SimpleMeterRegistry(),
                        later)
                .move();
    }

    /** The figures of all days are counted, and there were none. */
    private void noughts() {
        database.sql("insert into province_day values ('2026-06-01', '250'" + ", 0".repeat(18) + ")")
                .update();
    }

    long dead(String party, String transIdo) {
        long serial = message("CSVC-000", transIdo, party, "dispatch", TICKET, NOON);
        long id = delivery(serial, party, null, "dead", NOON);
        attempt(id, 1, "0114", "no answer within 10 s", null, NOON);
        return id;
    }
}
