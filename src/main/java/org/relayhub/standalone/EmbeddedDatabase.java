package org.relayhub.standalone;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A real PostgreSQL server that the hub unpacks, starts and stops itself. It keeps what was committed through restarts
 * and crashes, listens on 127.0.0.1 only, and belongs to one hub at a time.
 *
 * <p>In the data folder: {@code postgres} (the data), {@code postgres-binaries} (may be deleted while no hub runs),
 * {@code postgres.log} and that of the run before, {@code hub.lock}.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String LOOPBACK = "127.0.0.1";
    private static final String USER = "postgres";

    /** Recovery after a crash takes its time on a slow disk. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DataFolderLock lock;
    private final EmbeddedPostgres server;

    private EmbeddedDatabase(DataFolderLock lock, EmbeddedPostgres server) {
        this.lock = lock;
        this.server = server;
    }

    /**
     * Starts the server; the first time in a folder it unpacks it and makes an empty database, which takes some seconds.
     *
     * @param dataFolder made if it is not there
     * @param preferredPort another one is used if it is taken
     * @throws DataFolderInUseException if another hub works on the folder
     * @throws IOException if the server does not start; {@code postgres.log} says why
     */
    public static EmbeddedDatabase start(Path dataFolder, int preferredPort) throws IOException {
        Path folder = dataFolder.toAbsolutePath().normalize();
        DataFolderLock lock = DataFolderLock.take(folder);
        try {
            return new EmbeddedDatabase(lock, startServer(folder, preferredPort));
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static EmbeddedPostgres startServer(Path folder, int preferredPort) throws IOException {
        Instant began = Instant.now();
        Path cluster = folder.resolve("postgres");
        Path complete = cluster.resolve("hub-initialised");
        new OrphanPostmaster(cluster).end();
        setAsideIfIncomplete(cluster, complete);
        Path binaries = folder.resolve("postgres-binaries");
        deleteIfIncomplete(binaries);
        if (Files.exists(complete)) {
            LOG.info("Starting the database in {}", cluster);
        } else {
            LOG.info("First start: unpacking PostgreSQL and making an empty database in {}; some seconds", cluster);
        }
        EmbeddedPostgres server = start(folder, cluster, binaries, freePort(preferredPort));
        try {
            checkOwn(server, cluster);
            if (!Files.exists(complete)) {
                Files.createFile(complete);
            }
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
        LOG.info(
                "PostgreSQL ready on {}:{} after {} ms",
                LOOPBACK,
                server.getPort(),
                Duration.between(began, Instant.now()).toMillis());
        return server;
    }

    /**
     * A hub that is killed in its very first start leaves half a database. Nothing was ever acknowledged from it; it is
     * kept aside all the same, because deleting data is nobody's decision but the owner's.
     */
    private static void setAsideIfIncomplete(Path cluster, Path complete) throws IOException {
        if (Files.exists(cluster.resolve("PG_VERSION")) && !Files.exists(complete)) {
            Path aside = cluster.resolveSibling("postgres-incomplete-" + System.currentTimeMillis());
            Files.move(cluster, aside);
            LOG.warn("The first start in this folder was cut short; what it left is now in {}", aside);
        }
    }

    /** A hub that is killed while it unpacks leaves files that the next unpacking would stumble over. */
    private static void deleteIfIncomplete(Path binaries) throws IOException {
        if (!Files.isDirectory(binaries)) {
            return;
        }
        try (Stream<Path> versions = Files.list(binaries)) {
            for (Path version : versions.toList()) {
                if (!Files.exists(version.resolve(".exists"))) {
                    FileSystemUtils.deleteRecursively(version);
                }
            }
        }
    }

    private static EmbeddedPostgres start(Path folder, Path cluster, Path binaries, int port) throws IOException {
        Path log = folder.resolve("postgres.log");
        if (Files.exists(log)) {
            Files.move(log, folder.resolve("postgres-before.log"), StandardCopyOption.REPLACE_EXISTING);
        }
        var output = ProcessBuilder.Redirect.appendTo(log.toFile());
        try {
            return EmbeddedPostgres.builder()
                    .setDataDirectory(cluster)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    // Its own hook would stop the server while the hub still works off what it has begun.
                    .setRegisterShutdownHook(false)
                    .setPGStartupWait(PATIENCE)
                    .setPort(port)
                    .setOutputRedirector(output)
                    .setErrorRedirector(output)
                    .setLocaleConfig("locale", "C")
                    // The library is made for tests and switches durability off; the hub acknowledges what it commits.
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("listen_addresses", LOOPBACK)
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("max_connections", "100")
                    .setServerConfig("timezone", "UTC")
                    .setServerConfig("jit", "off")
                    .setServerConfig("log_checkpoints", "off")
                    // The details of an error and the statement that failed may hold personal data.
                    .setServerConfig("log_error_verbosity", "terse")
                    .setServerConfig("log_min_error_statement", "panic")
                    .start();
        } catch (IOException | IllegalStateException e) {
            throw new IOException("The embedded database did not start; " + log + " says why", e);
        }
    }

    /** Between looking for a port and using it, another server may have taken it. */
    private static void checkOwn(EmbeddedPostgres server, Path cluster) throws IOException {
        try (Connection connection = DriverManager.getConnection(url(server.getPort()), USER, null);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("show data_directory")) {
            row.next();
            if (!Path.of(row.getString(1)).equals(cluster)) {
                throw new IOException("Port " + server.getPort() + " has been taken by another database");
            }
        } catch (SQLException e) {
            throw new IOException("The embedded database does not answer", e);
        }
    }

    private static int freePort(int preferred) throws IOException {
        if (free(preferred)) {
            return preferred;
        }
        try (var any = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            LOG.info("Port {} is taken, using {} for the database", preferred, any.getLocalPort());
            return any.getLocalPort();
        }
    }

    private static boolean free(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (IOException e) {
            LOG.debug("Port {} is not free", port, e);
            return false;
        }
    }

    public String jdbcUrl() {
        return url(server.getPort());
    }

    /** The name to connect with; there is no password. */
    public String user() {
        return USER;
    }

    private static String url(int port) {
        return "jdbc:postgresql://" + LOOPBACK + ":" + port + "/postgres?ApplicationName=relay-hub";
    }

    /** Stops the server in order, then lets the data folder go. */
    @Override
    public void close() throws IOException {
        try {
            server.close();
        } finally {
            lock.close();
        }
    }
}
