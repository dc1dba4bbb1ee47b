package org.relayhub.oracle;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.relayhub.FreePort;
import org.relayhub.message.Party;
import org.relayhub.standalone.EmbeddedDatabase;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A site's PostgreSQL: what can happen to it, and what its books say. */
final class DatabaseServer implements AutoCloseable {

    /** What a fault may fill: room for some thousand messages, and less than any machine has memory. */
    private static final int MEGABYTES = 1024;

    /** Later than any of the hub's. */
    private static final int LATER_VERSION = 9000;

    /** The function {@code now()} of {@link #clockIsAheadBy} goes before the server's. */
    private static final String OWN_CLOCK = "options=-c%20search_path=public,pg_catalog";

    private final Path folder;
    private final SmallDisk disk;
    private final int port = FreePort.any();
    private final CuttingProxy line;
    private final HikariDataSource books = new HikariDataSource();
    private final AtomicInteger migrations = new AtomicInteger();
    private EmbeddedDatabase server;

    DatabaseServer(Path folder) throws IOException {
        this.folder = folder;
        disk = SmallDisk.at(folder, MEGABYTES);
        server = EmbeddedDatabase.start(folder, port);
        line = new CuttingProxy(port);
        books.setJdbcUrl(url(port));
        // A migration takes two.
        books.setMaximumPoolSize(3);
        books.setMinimumIdle(0);
    }

    /** Where hubs find it. */
    String url() {
        return url(line.port());
    }

    private static String url(int port) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&socketTimeout=20&" + OWN_CLOCK;
    }

    /** That of the hubs, which can be cut. */
    CuttingProxy line() {
        return line;
    }

    SmallDisk disk() {
        return disk;
    }

    /** By a line that is never cut. */
    DataSource books() {
        return books;
    }

    private JdbcClient read() {
        return JdbcClient.create(books);
    }

    /** From now on the clock is ahead of the true time by this, or behind it, for hubs. */
    void clockIsAheadBy(Duration time) {
        read().sql("create or replace function public.now() returns timestamptz language sql stable as"
                        + " $$ select pg_catalog.now() + interval '" + time.toMillis() + " milliseconds' $$")
                .update();
    }

    /** Does to the schema what a later version may: adds to it, while hubs of this one work on it. */
    void migrateAhead() throws IOException {
        String version = "V%d__ahead".formatted(LATER_VERSION + migrations.incrementAndGet());
        String more = version.toLowerCase(Locale.ROOT);
        Path ahead = Files.createDirectories(folder.resolve("ahead"));
        Files.writeString(
                ahead.resolve(version + ".sql"),
                read()
                        .sql(
                                "select relname from pg_class where relnamespace = 'public'::regnamespace"
                                        + " and relkind in ('r', 'p') and not relispartition and relname <> 'flyway_schema_history'")
                        .query(String.class)
                        .list()
                        .stream()
                        .map(table -> "alter table " + table + " add column " + more + " text default 'more';\n")
                        .collect(Collectors.joining("", "", "create table " + more + " (one int);\n")));
        // Each table by itself: a lock on several, one after the other, meets hubs that take them in another order.
        Files.writeString(ahead.resolve(version + ".sql.conf"), "executeInTransaction=false\n");
        Flyway.configure()
                .dataSource(books)
                .locations("filesystem:schemas/database", "filesystem:" + ahead)
                .load()
                .migrate();
    }

    /** SIGKILL to the postmaster, after which its servers end themselves; then it is started again and recovers. */
    void killAndStart(Duration away) throws IOException, InterruptedException {
        Path pidFile = folder.resolve("postgres").resolve("postmaster.pid");
        if (Files.exists(pidFile)) {
            long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
        TimeUnit.MILLISECONDS.sleep(away.toMillis());
        server.close();
        server = EmbeddedDatabase.start(folder, port);
    }

    /** Starts it again if it has given up, as one does whose disk is full. */
    void revive() throws IOException, InterruptedException {
        // It tries by itself first, and ends when that is in vain.
        TimeUnit.SECONDS.sleep(1);
        try (Connection connection = books.getConnection()) {
            if (connection.isValid(5)) {
                return;
            }
        } catch (SQLException e) {
            killAndStart(Duration.ZERO);
        }
    }

    /** The TransIDOs of what an operator sees as given up. */
    Set<String> dead() {
        return new HashSet<>(
                read().sql("select m.trans_ido from delivery d join message m using (serial) where d.state = 'dead'")
                        .query(String.class)
                        .list());
    }

    List<Judge.BookedLeg> legs() {
        return read().sql("select indict_seq, upstream, downstream, round, urges from leg")
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
                    read().sql("""
                            select concat_ws(' ', m.serial, m.received_at, m.activity, m.trans_ido, m.sender, '->', d.party,
                                             m.rsp_code, d.state, 'tries', d.attempts, 'claims', d.claims, d.last_code,
                                             (select string_agg(concat_ws(' ', a.attempt, a.hub, a.at, a.code), '; ')
                                                from attempt a where a.delivery_id = d.delivery_id))
                              from message m left join delivery d using (serial)
                             where m.indict_seq = :ticket order by m.serial
                            """).param("ticket", ticket).query(String.class).list());
        } catch (DataAccessException e) {
            return "the database does not answer";
        }
    }

    @Override
    public void close() throws IOException {
        line.close();
        books.close();
        server.close();
        disk.close();
    }
}
