package org.relayhub.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database server of a hub that was killed: it outlives the hub, and would keep the next one from its data.
 * Whoever calls this holds the lock of the data folder, so that no living hub can own the server.
 */
final class OrphanPostmaster {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanPostmaster.class);
    private static final Duration PATIENCE_WITH_TERM = Duration.ofSeconds(5);
    private static final Duration PATIENCE_WITH_INT = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final Path cluster;
    private final Path pidFile;

    /** @param cluster the server's data directory, absolute */
    OrphanPostmaster(Path cluster) {
        this.cluster = cluster;
        this.pidFile = cluster.resolve("postmaster.pid");
    }

    /**
     * Ends the server that {@code postmaster.pid} names, if it lives.
     *
     * @throws IllegalStateException if it does not end
     */
    void end() throws IOException {
        if (!Files.exists(pidFile)) {
            return;
        }
        List<String> lines = Files.readAllLines(pidFile);
        Optional<ProcessHandle> named = lines.isEmpty() ? Optional.empty() : processOf(lines.get(0));
        if (named.isEmpty()) {
            return;
        }
        ProcessHandle process = named.get();
        if (!isServerOfThisCluster(process)) {
            // The system has given the number to another process. The server would take that for a living server.
            Files.delete(pidFile);
            return;
        }
        LOG.info("Ending the database server (process {}) that a killed hub has left behind", process.pid());
        process.destroy();
        if (!gone(process, PATIENCE_WITH_TERM)) {
            interrupt(process);
            if (!gone(process, PATIENCE_WITH_INT)) {
                throw new IllegalStateException("The database server of a killed hub, process " + process.pid()
                        + ", does not end. End it by hand, then start the hub again.");
            }
        }
    }

    private static Optional<ProcessHandle> processOf(String line) {
        return line.strip().matches("[0-9]{1,18}")
                ? ProcessHandle.of(Long.parseLong(line.strip())).filter(ProcessHandle::isAlive)
                : Optional.empty();
    }

    /** Some systems hide the arguments: there the name alone has to do. */
    private boolean isServerOfThisCluster(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        boolean postgres = info.command()
                .map(command -> Path.of(command).getFileName().toString())
                .filter(name -> name.equals("postgres") || name.equals("postgres.exe"))
                .isPresent();
        return postgres
                && info.arguments()
                        .map(arguments -> Arrays.asList(arguments).contains(cluster.toString()))
                        .orElse(true);
    }

    /** The server takes SIGINT as an order to end at once; Java can send only SIGTERM, upon which it waits for its clients. */
    private static void interrupt(ProcessHandle process) throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .inheritIO()
                .start();
    }

    /** A process that has ended may stay in the system's table until somebody asks after it, but has no command any more. */
    private boolean gone(ProcessHandle process, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (process.isAlive() && isServerOfThisCluster(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }
}
