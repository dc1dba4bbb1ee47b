package org.relayhub;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged hub, unpacked as in its container, with an archive of its classes: it starts in little more than half the time.
 * Tests that need a hub of its own start this one, so that what they say is said of what is deployed.
 */
final class DeployedHub {

    private static final Logger log = LoggerFactory.getLogger(DeployedHub.class);

    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path FOLDER = TARGET.resolve("deployed");
    private static final Path ARCHIVE = FOLDER.resolve("classes.jsa");
    /** Says of which jar it was made. */
    private static final Path MADE_OF = FOLDER.resolve("made-of");

    private static final Path LOG = TARGET.resolve("deployed.out");
    private static final Path DATA = FOLDER.resolve("data");
    private static final Duration SOME_WORK = Duration.ofSeconds(6);

    private DeployedHub() {}

    /** The options of a virtual machine that runs it. Made at the first call after packaging, whichever process makes that. */
    static List<String> options() throws IOException {
        Path jar = jar();
        String madeOf = jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar);
        try (FileChannel channel = FileChannel.open(
                        TARGET.resolve("deployed.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            log.trace("{} is held", held);
            if (!Files.exists(MADE_OF) || !Files.readString(MADE_OF).equals(madeOf)) {
                make(jar);
                Files.writeString(MADE_OF, madeOf);
            }
        }
        return List.of("-XX:SharedArchiveFile=" + ARCHIVE, "-jar", unpacked(jar).toString());
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().matches("relay-hub-.*\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("there is no packaged hub in target: mvn package"));
        }
    }

    private static Path unpacked(Path jar) {
        return FOLDER.resolve(jar.getFileName());
    }

    private static void make(Path jar) throws IOException {
        FileSystemUtils.deleteRecursively(FOLDER);
        end(
                start(List.of(
                        "-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", FOLDER.toString())),
                Duration.ofMinutes(1));
        int port = FreePort.any();
        Process hub = start(List.of(
                "-XX:ArchiveClassesAtExit=" + ARCHIVE,
                "-jar",
                unpacked(jar).toString(),
                "--server.port=" + port,
                "--hub.standalone.broker-port=" + FreePort.any(),
                "--hub.standalone.database-port=" + FreePort.any(),
                "--hub.standalone.sftp-port=" + FreePort.any(),
                "--hub.standalone.simulation.sample-every=100ms",
                "--hub.standalone.data-folder=" + DATA));
        try {
            HubProcess.awaitReady(
                    hub, LOG.toFile(), () -> HubProcess.health(HttpClient.newHttpClient(), "http://127.0.0.1:" + port));
            // The classes of work, too.
            TimeUnit.MILLISECONDS.sleep(SOME_WORK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            hub.destroy();
            end(hub, Duration.ofMinutes(1));
            FileSystemUtils.deleteRecursively(DATA);
        }
    }

    private static Process start(List<String> options) throws IOException {
        Files.createDirectories(FOLDER.getParent());
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
    }

    private static void end(Process process, Duration within) {
        try {
            if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
