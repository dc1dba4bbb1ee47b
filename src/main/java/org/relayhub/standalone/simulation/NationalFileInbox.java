package org.relayhub.standalone.simulation;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The simulated SIMS-000 at its own root of the SFTP server: takes the nation's file when its companion is there, looks
 * whether it has arrived whole, and answers in {@code outbound}.
 */
final class NationalFileInbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NationalFileInbox.class);
    private static final String COMPANION = ".sha256";
    private static final int SECONDS = 1;

    private final Path root;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "simulated-sims");
        thread.setDaemon(true);
        return thread;
    });

    /** @param root SIMS's on the SFTP server */
    NationalFileInbox(Path root) {
        this.root = root;
        timer.scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        Path inbound = root.resolve("inbound");
        if (!Files.isDirectory(inbound)) {
            return;
        }
        try (Stream<Path> files = Files.list(inbound)) {
            List<Path> companions = files.filter(file -> file.toString().endsWith(COMPANION))
                    .sorted()
                    .toList();
            for (Path companion : companions) {
                take(companion);
            }
        } catch (IOException e) {
            LOG.warn("The simulated SIMS could not read its files", e);
        }
    }

    private void take(Path companion) throws IOException {
        String name = companion.getFileName().toString().replace(COMPANION, "");
        Path file = companion.resolveSibling(name);
        String fault = fault(file, Files.readString(companion));
        Path taken = Files.createDirectories(root.resolve("taken"));
        Files.move(companion, taken.resolve(companion.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        if (Files.exists(file)) {
            Files.move(file, taken.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Path outbound = Files.createDirectories(root.resolve("outbound"));
        Path being = outbound.resolve("." + name + ".part");
        Files.writeString(being, fault);
        Files.move(
                being,
                outbound.resolve(name + (fault.isEmpty() ? ".ack" : ".err")),
                StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is wrong with a file, as an answer says it; empty if nothing is. */
    private static String fault(Path file, String companion) throws IOException {
        if (!Files.exists(file)) {
            return "0|-|F01|the file of the companion\nE|1|0\n";
        }
        MessageDigest digest = sha256();
        long records = 0;
        long lines = 0;
        String last = "";
        try (InputStream content = new DigestInputStream(Files.newInputStream(file), digest);
                var reader = new BufferedReader(new java.io.InputStreamReader(content, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines++;
                records += line.startsWith("D|") ? 1 : 0;
                last = line;
            }
            content.transferTo(OutputStream.nullOutputStream());
        }
        if (!companion.startsWith(HexFormat.of().formatHex(digest.digest()))) {
            return "0|-|F02|the SHA-256 of the companion\nE|1|" + lines + "\n";
        }
        return last.startsWith("T|" + records + "|")
                ? ""
                : lines + "|records|F03|the number of D lines\nE|1|" + lines + "\n";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
