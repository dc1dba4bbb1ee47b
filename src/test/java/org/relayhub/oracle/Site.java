package org.relayhub.oracle;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.relayhub.FreePort;
import org.relayhub.HubProcess;
import org.relayhub.ProductionHub;
import org.relayhub.RecordingPeer;
import org.relayhub.message.Party;
import org.relayhub.standalone.EmbeddedDatabase;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A whole site on loopback: a PostgreSQL, a broker, one or several hubs, each a process that can be killed, lines between
 * them that can be cut, and parties that speak SOAP (CRM-100, CSVC-000) and JMS (CRM-250, SIMS-000).
 */
final class Site implements AutoCloseable {

    static final Party CRM_SOAP = Party.of("CRM-100");
    static final Party CRM_JMS = Party.of("CRM-250");
    static final Party CSVC = Party.of("CSVC-000");
    static final Party SIMS = Party.of("SIMS-000");

    /** A claim must outlast two calls of {@link #TIMEOUT}. */
    static final Duration LEASE = Duration.ofSeconds(6);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String PARTIES = "{CRM-100: {address: '%1$s', timeout: %3$ds},"
            + " CSVC-000: {address: '%2$s', timeout: %3$ds, concurrency: 16},"
            + " CRM-250: {transport: jms, timeout: %3$ds}, CRM-210: {transport: jms, timeout: %3$ds}, SIMS-000: {transport: jms, timeout: %3$ds}}";

    /** What a fault may fill: room for some thousand messages, and less than any machine has memory. */
    private static final int DATABASE_MEGABYTES = 1024;

    /** Later than any of the hub's. */
    private static final int LATER_VERSION = 9000;

    private static final int BROKER_MEGABYTES = 400;

    private final Path folder;
    private final SmallDisk databaseDisk;
    private final SmallDisk brokerDisk;
    private final Path clock;
    private final int databasePort = FreePort.any();
    private EmbeddedDatabase database;
    private final CuttingProxy databaseLine;
    private final BrokerProcess broker;
    private final CuttingProxy brokerLine;
    private final RecordingPeer crm = new RecordingPeer();
    private final RecordingPeer csvc = new RecordingPeer();
    private final List<HubProcess> hubs = new ArrayList<>();
    private final List<QueueReader> readers = new ArrayList<>();
    private final Queue<Arrival> fromQueues = new ConcurrentLinkedQueue<>();
    private final AtomicInteger migrations = new AtomicInteger();
    private final AtomicInteger tickets = new AtomicInteger();
    private final HikariDataSource books = new HikariDataSource();

    /** @param number how many hubs share the work */
    Site(Path folder, int number) throws IOException {
        this(folder, number, TIMEOUT, LEASE);
    }

    /**
     * One of other times.
     *
     * @param timeout of a call
     * @param lease of a claim, more than twice as long
     */
    Site(Path folder, int number, Duration timeout, Duration lease) throws IOException {
        this.folder = folder;
        databaseDisk = SmallDisk.at(folder.resolve("database"), DATABASE_MEGABYTES);
        brokerDisk = SmallDisk.at(folder.resolve("broker"), BROKER_MEGABYTES + Backlog.megabytes());
        clock = folder.resolve("clock");
        database = EmbeddedDatabase.start(folder.resolve("database"), databasePort);
        databaseLine = new CuttingProxy(databasePort);
        broker = new BrokerProcess(
                folder.resolve("broker"),
                "parties: {CRM-250: {transport: jms}, SIMS-000: {transport: jms}, CRM-210: {transport: jms}}",
                ProductionHub.PASSWORD);
        brokerLine = new CuttingProxy(broker.port());
        String parties = PARTIES.formatted(crm.address(), csvc.address(), timeout.toSeconds());
        books.setJdbcUrl(url(databasePort));
        books.setMaximumPoolSize(1);
        books.setMinimumIdle(0);
        try {
            start(number, parties, lease);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(int number, String parties, Duration lease) throws IOException {
        for (int i = 1; i <= number; i++) {
            hubs.add(ProductionHub.start(
                    Files.createDirectories(folder.resolve("hub-" + i)),
                    url(databaseLine.port()),
                    parties,
                    List.of(
                            "--hub.broker.url=tcp://127.0.0.1:" + brokerLine.port(),
                            "--hub.broker.user=hub-000",
                            "--hub.broker.password=" + ProductionHub.PASSWORD,
                            "--hub.delivery.lease=" + lease.toSeconds() + "s",
                            "--hub.delivery.retry.first=200ms",
                            "--hub.delivery.retry.longest=2s",
                            "--hub.delivery.circuit.open-for=1s"),
                    FakeTime.environment(clock)));
        }
        databaseClock().isAheadBy(Duration.ZERO);
        for (Party party : List.of(CRM_JMS, SIMS)) {
            readers.add(new QueueReader(party, broker.port(), ProductionHub.PASSWORD, fromQueues::add));
        }
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&socketTimeout=20&"
                + DatabaseClock.SEARCH_PATH;
    }

    /** A ticket that nobody has used here. */
    String newTicket(Party crm) {
        return "20261122CSVC%s%07d".formatted(crm.node(), tickets.incrementAndGet());
    }

    List<HubProcess> hubs() {
        return hubs;
    }

    CuttingProxy databaseLine() {
        return databaseLine;
    }

    CuttingProxy brokerLine() {
        return brokerLine;
    }

    SmallDisk databaseDisk() {
        return databaseDisk;
    }

    SmallDisk brokerDisk() {
        return brokerDisk;
    }

    DatabaseClock databaseClock() {
        return new DatabaseClock(books);
    }

    /** That of all hubs; the test's own and the peers' is the true one. */
    FakeTime hubClock() {
        return new FakeTime(clock);
    }

    /** What the ledger is looked into with, by none of the lines that can be cut. */
    DataSource books() {
        return books;
    }

    int brokerPort() {
        return broker.port();
    }

    RecordingPeer csvc() {
        return csvc;
    }

    static boolean speaksJms(Party party) {
        return party.equals(CRM_JMS) || party.equals(SIMS);
    }

    /** A place to send from. */
    Desk desk() {
        return new Desk(hubs.stream().map(HubProcess::port).toList(), broker.port(), ProductionHub.PASSWORD);
    }

    void killBroker(Duration away) throws IOException, InterruptedException {
        broker.killAndStart(away);
    }

    /** Does to the schema what a later version may: adds to it, while hubs of this one work on it. */
    void migrateAhead() throws IOException {
        String version = "V%d__ahead".formatted(LATER_VERSION + migrations.incrementAndGet());
        Path ahead = Files.createDirectories(folder.resolve("ahead"));
        String more = version.toLowerCase(Locale.ROOT);
        Files.writeString(
                ahead.resolve(version + ".sql"),
                JdbcClient.create(books)
                        .sql(
                                "select tablename from pg_tables where schemaname = 'public' and tablename <> 'flyway_schema_history'")
                        .query(String.class)
                        .list()
                        .stream()
                        .map(table -> "alter table " + table + " add column " + more + " text default 'more';\n")
                        .collect(Collectors.joining("", "", "create table " + more + " (one int);\n")));
        Flyway.configure()
                .dataSource(books)
                .locations("filesystem:schemas/database", "filesystem:" + ahead)
                .load()
                .migrate();
    }

    /** Starts the broker again if it has given up, as one does whose disk is full. */
    void reviveBroker() throws IOException, InterruptedException {
        if (!broker.answers()) {
            broker.killAndStart(Duration.ZERO);
        }
    }

    /** Starts the database again if it has given up. */
    void reviveDatabase() throws IOException, InterruptedException {
        // It tries by itself first, and ends when that is in vain.
        TimeUnit.SECONDS.sleep(1);
        try (Connection connection = books.getConnection()) {
            if (connection.isValid(5)) {
                return;
            }
        } catch (SQLException e) {
            killDatabase(Duration.ZERO);
        }
    }

    /** SIGKILL to the postmaster, after which its servers end themselves; then it is started again and recovers. */
    void killDatabase(Duration away) throws IOException, InterruptedException {
        Path pidFile = folder.resolve("database").resolve("postgres").resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        TimeUnit.MILLISECONDS.sleep(away.toMillis());
        database.close();
        database = EmbeddedDatabase.start(folder.resolve("database"), databasePort);
    }

    /** All that parties have got so far, of each in the order of arrival. */
    List<Arrival> arrivals() {
        List<Arrival> all = new ArrayList<>(fromQueues);
        crm.arrivals().stream()
                .flatMap(it -> Arrival.read(CRM_SOAP, it.wire()).stream())
                .forEach(all::add);
        csvc.arrivals().stream()
                .flatMap(it -> Arrival.read(CSVC, it.wire()).stream())
                .forEach(all::add);
        return all;
    }

    /** The TransIDOs of what an operator sees as given up. */
    Set<String> dead() {
        return new HashSet<>(JdbcClient.create(books)
                .sql("select m.trans_ido from delivery d join message m using (serial) where d.state = 'dead'")
                .query(String.class)
                .list());
    }

    List<Judge.BookedLeg> legs() {
        return JdbcClient.create(books)
                .sql("select indict_seq, upstream, downstream, round, urges from leg")
                .query((row, number) -> new Judge.BookedLeg(
                        row.getString("indict_seq"),
                        Party.of(row.getString("upstream")),
                        Party.of(row.getString("downstream")),
                        row.getInt("round"),
                        row.getInt("urges")))
                .list();
    }

    /** The story of a ticket, as the database has it. */
    String story(String ticket) {
        try {
            return String.join(
                    "\n",
                    JdbcClient.create(books)
                            .sql("""
                            select concat_ws(' ', m.serial, m.received_at, m.activity, m.trans_ido, m.sender, '->', d.party,
                                             m.rsp_code, d.state, 'tries', d.attempts, 'claims', d.claims, d.last_code,
                                             (select string_agg(concat_ws(' ', a.attempt, a.hub, a.at, a.code), '; ')
                                                from attempt a where a.delivery_id = d.delivery_id))
                              from message m left join delivery d using (serial)
                             where m.indict_seq = :ticket order by m.serial
                            """)
                            .param("ticket", ticket)
                            .query(String.class)
                            .list());
        } catch (DataAccessException e) {
            return "the database does not answer";
        }
    }

    @Override
    public void close() throws IOException {
        databaseLine.mend();
        brokerLine.mend();
        hubs.forEach(HubProcess::close);
        for (QueueReader reader : readers) {
            try {
                reader.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        databaseLine.close();
        brokerLine.close();
        broker.close();
        books.close();
        database.close();
        crm.close();
        csvc.close();
        databaseDisk.close();
        brokerDisk.close();
    }
}
