package org.relayhub.ticket.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.REPLY;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.UtcClock;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Receipt;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A ledger of tickets that are closed, whose clock a test moves. */
final class ClosedTickets {

    static final Party CRM = Party.of("CRM-250");
    static final Party CSVC = Party.of("CSVC-000");
    static final Party SIMS = Party.of("SIMS-000");
    static final Duration AFTER = Duration.ofDays(90);
    static final int KEPT = 24;

    /** Noon of a day in China. */
    static final Instant BEGAN = Instant.parse("2026-03-10T04:00:00Z");

    private final TestDatabase tables = TestDatabase.empty();
    private Instant now = BEGAN;
    private final Clock clock = new UtcClock() {
        @Override
        public Instant instant() {
            return now;
        }
    };
    private final Ledger ledger = new Ledger(tables.client(), tables.transaction(), clock);

    static String number(int number) {
        return "20260310CSVC250%07d".formatted(number);
    }

    JdbcClient database() {
        return tables.client();
    }

    TransactionTemplate transaction() {
        return tables.transaction();
    }

    Clock clock() {
        return clock;
    }

    Ledger ledger() {
        return ledger;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** The figures of every day until then are counted. */
    void countedUntil(Instant at) {
        run("delete from province_day");
        String noughts = ", 0".repeat(18);
        database()
                .sql("insert into province_day values ((:at::timestamptz at time zone 'Asia/Shanghai')::date, '250'"
                        + noughts + ")")
                .param("at", Timestamp.from(at))
                .update();
    }

    Archive archive() {
        return archive(transaction());
    }

    Archive archive(TransactionTemplate transaction) {
        return new Archive(
                database(),
                transaction,
                new LedgerSettings(AFTER, KEPT),
                Duration.ofMinutes(1),
                new SimpleMeterRegistry(),
                clock);
    }

    Retention retention() {
        return new Retention(
                database(), transaction(), new LedgerSettings(AFTER, KEPT), new SimpleMeterRegistry(), clock);
    }

    /** Passes the time after which tickets are archived, and does so. */
    int archiveAfterAll() {
        pass(AFTER.plusDays(2));
        countedUntil(now);
        return archive().move();
    }

    AddressedMessage message(Activity activity, Party from, Party to, int ticket) {
        return Messages.message(activity, from, to, number(ticket));
    }

    Receipt send(Activity activity, Party from, Party to, int ticket) {
        return ledger.accept(message(activity, from, to, ticket));
    }

    /** A ticket of two legs, all of it delivered, and closed. */
    void close(int ticket) {
        for (AddressedMessage message : List.of(
                message(DISPATCH, CRM, CSVC, ticket),
                message(DISPATCH, CSVC, SIMS, ticket),
                message(REPLY, SIMS, CSVC, ticket),
                message(REPLY, CSVC, CRM, ticket),
                message(ARCHIVE, CRM, CSVC, ticket),
                message(ARCHIVE, CSVC, SIMS, ticket))) {
            assertThat(ledger.accept(message).code()).isEqualTo("0000");
        }
        deliverAll();
    }

    void deliverAll() {
        run("""
            with settled as (
                update delivery set state = 'delivered', holds = false, settled_at = now(), attempts = 1, claims = 1,
                       last_code = '0000', last_error = 'Success' where state = 'pending' returning *)
            insert into attempt (delivery_id, story, attempt, hub, at, millis, code, description)
            select delivery_id, story, 1, 'hub-1', now(), 12, '0000', 'Success' from settled
            """);
    }

    void run(String sql) {
        database().sql(sql).update();
    }

    long count(String from) {
        return database().sql("select count(*) from " + from).query(Long.class).single();
    }

    /** How many rows hubs work on, of tickets only their cards left out. */
    long hot() {
        return count("message") + count("leg") + count("delivery") + count("attempt") + count("handling");
    }
}
