package org.relayhub.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.REPROCESS;
import static org.relayhub.message.Activity.URGE;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.delivery.DeliveryStatements;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.archive.Archive;
import org.relayhub.ticket.archive.LedgerSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What a message costs the database, from its acceptance to its delivery: statements, log and room. How many tickets of ten
 * messages are counted over says {@code -Dcost.tickets}.
 */
class MessageCostTest {

    private static final Logger LOG = LoggerFactory.getLogger(MessageCostTest.class);

    private static final int TICKETS = Integer.getInteger("cost.tickets", 50);

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party SIMS = Party.of("SIMS-000");
    private static final Map<Party, Integer> ALL = Map.of(CRM, 100, CSVC, 100, SIMS, 100);

    private record Step(Activity activity, Party from, Party to) {}

    /** A ticket of two legs and two rounds. */
    private static final List<Step> STEPS = List.of(
            new Step(DISPATCH, CRM, CSVC),
            new Step(DISPATCH, CSVC, SIMS),
            new Step(COMMENT, CRM, CSVC),
            new Step(URGE, CRM, CSVC),
            new Step(REPLY, SIMS, CSVC),
            new Step(REPLY, CSVC, CRM),
            new Step(REPROCESS, CRM, CSVC),
            new Step(REPLY, CSVC, CRM),
            new Step(ARCHIVE, CRM, CSVC),
            new Step(ARCHIVE, CSVC, SIMS));

    private final EmbeddedPostgres server;
    private final SingleConnectionDataSource connection;
    private final JdbcClient database;

    MessageCostTest() throws IOException {
        server = EmbeddedPostgres.builder()
                .setServerConfig("session_preload_libraries", "auto_explain")
                .setServerConfig("auto_explain.log_format", "json")
                .setServerConfig("auto_explain.log_level", "notice")
                .setServerConfig("autovacuum", "off")
                .start();
        Flyway.configure()
                .dataSource(server.getPostgresDatabase())
                .locations("filesystem:" + Path.of("schemas/database").toAbsolutePath())
                .load()
                .migrate();
        connection = new SingleConnectionDataSource(server.getJdbcUrl("postgres", "postgres"), true);
        database = JdbcClient.create(connection);
    }

    @AfterEach
    void stop() throws IOException {
        connection.destroy();
        server.close();
    }

    private long number(String query) {
        return database.sql(query).query(Long.class).single();
    }

    private long room(String tables) {
        return number(
                "select sum(pg_total_relation_size(oid))::bigint from pg_class where relkind = 'r' and relname ~ '^(%s)$'"
                        .formatted(tables));
    }

    private static AddressedMessage message(Step step, int ticket) {
        return Messages.message(step.activity(), step.from(), step.to(), "20261122CSVC250%07d".formatted(ticket));
    }

    private static TransactionTemplate transaction(DataSource source) {
        return new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    @Test
    void a_message_is_accepted_in_one_transaction_of_few_statements() {
        for (Step step : STEPS) {
            var recorded = new RecordedPlans(server.getPostgresDatabase(), "auto");
            long before = number("select txid_current()");

            new Ledger(JdbcClient.create(recorded), transaction(recorded), Clock.systemUTC()).accept(message(step, 1));

            assertThat(number("select txid_current()") - before - 1)
                    .as("transactions that write, of %s", step)
                    .isEqualTo(1);
            List<RecordedPlans.Plan> statements = recorded.plans();
            LOG.info("{}: {} statements", step.activity(), statements.size());
            assertThat(statements).as(step.toString()).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Test
    void a_message_leaves_little_log_and_takes_little_room() {
        var ledger = new Ledger(database, transaction(connection), Clock.systemUTC());
        var delivery = new DeliveryStatements(database);
        long backend = number("select pg_backend_pid()");
        String tables = "message|received_serial|ticket|leg|delivery|attempt";
        long room = room(tables);
        String log = "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint";
        long logged = number(log);
        long characters = 0;
        for (int ticket = 1; ticket <= TICKETS; ticket++) {
            for (Step step : STEPS) {
                AddressedMessage message = message(step, ticket);
                characters += message.canonical().length();
                assertThat(ledger.accept(message).code()).isEqualTo("0000");
            }
            assertThat(delivery.deliverAll(ALL)).isEqualTo(STEPS.size());
        }
        double messages = TICKETS * (double) STEPS.size();
        double logPerMessage = (number(log) - logged) / messages;
        double roomPerMessage = (room(tables) - room) / messages;
        double micros = ProcessHandle.of(backend)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(time -> time.toNanos() / 1000 / messages)
                .orElse(Double.NaN);
        database.sql("insert into province_day values (current_date + 3, '250'" + ", 0".repeat(18) + ")")
                .update();
        int archived = new Archive(
                        database,
                        transaction(connection),
                        new LedgerSettings(Duration.ofDays(3), 24),
                        Duration.ofMinutes(10),
                        new SimpleMeterRegistry(),
                        Clock.fixed(Instant.now().plus(Duration.ofDays(7)), ZoneOffset.UTC))
                .move();
        assertThat(archived).isEqualTo(TICKETS);
        double archive = room("archive_[0-9]*") / (double) TICKETS;
        LOG.info(
                "a message, of {} with documents of {} characters: {} bytes in the tables, {} bytes of log, {} us of the"
                        + " database's processor; a ticket of ten in the archive: {} bytes",
                (long) messages,
                Math.round(characters / messages),
                Math.round(roomPerMessage),
                Math.round(logPerMessage),
                Math.round(micros),
                Math.round(archive));
        assertThat(logPerMessage).isLessThan(30_000);
        assertThat(roomPerMessage).isLessThan(20_000);
    }
}
