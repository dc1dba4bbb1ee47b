package org.relayhub;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The broker that an operator has beside the hubs: Apache's own distribution, started as its container is, with the files of
 * {@code deploy/artemis}. A process of its own, which a test may kill.
 */
public final class ArtemisDistribution implements AutoCloseable {

    private static final Path CONFIGURATION = Path.of("deploy", "artemis");
    private static final Path UNPACKED = Path.of("target", "broker");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Path folder;
    private final int port = FreePort.any();
    private final int hubPort = FreePort.any();
    private Process process;

    /**
     * Starts the broker and waits until it listens.
     *
     * @param folder where it keeps its data; made if it is not there
     * @param password of everybody whom {@code roles.properties} knows: the hub, the admin and the JMS parties
     */
    public ArtemisDistribution(Path folder, String password) throws IOException {
        this.folder = Files.createDirectories(folder);
        Files.write(
                folder.resolve("users"),
                users().stream().map(user -> user + "=" + password).toList());
        process = launch();
    }

    /** Everybody who has a role. */
    static List<String> users() throws IOException {
        return Files.readAllLines(CONFIGURATION.resolve("roles.properties")).stream()
                .filter(line -> line.contains("=") && !line.startsWith("#"))
                .flatMap(line -> Stream.of(line.substring(line.indexOf('=') + 1).split(",")))
                .map(String::strip)
                .distinct()
                .toList();
    }

    /** Where parties find it, and whoever else knows a password. */
    public int port() {
        return port;
    }

    /** Where hubs find it, and nobody else should. */
    public int hubPort() {
        return hubPort;
    }

    /** What it has stored. */
    Path data() {
        return folder.resolve("data");
    }

    /** What it has printed so far. */
    String log() throws IOException {
        return Files.readString(folder.resolve("broker.log"));
    }

    /** The distribution that {@code pom.xml} has unpacked. */
    private static Path home() throws IOException {
        try (Stream<Path> versions = Files.list(UNPACKED)) {
            List<Path> all = versions.sorted().collect(Collectors.toList());
            return all.get(all.size() - 1).toAbsolutePath();
        }
    }

    private Process launch() throws IOException {
        var command = new ProcessBuilder(
                        CONFIGURATION.resolve("run").toAbsolutePath().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()));
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("JAVA_ARGS", "-Xmx256m -XX:TieredStopAtLevel=1");
        command.environment().put("ARTEMIS_HOME", home().toString());
        command.environment().put("BROKER_DATA", data().toString());
        command.environment().put("BROKER_USERS", folder.resolve("users").toString());
        command.environment().put("BROKER_HOST", "127.0.0.1");
        command.environment().put("BROKER_PORT", String.valueOf(port));
        command.environment().put("BROKER_HUB_PORT", String.valueOf(hubPort));
        Process started = command.start();
        await("a broker, see " + folder).atMost(LONGEST).ignoreExceptions().until(() -> {
            if (!started.isAlive()) {
                throw new AssertionError("the broker ended: " + log());
            }
            for (int each : List.of(port, hubPort)) {
                new Socket(InetAddress.getLoopbackAddress(), each).close();
            }
            return true;
        });
        return started;
    }

    /** Whether it lives and listens. */
    public boolean answers() {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** A new one on the same files. */
    public void startAgain() throws IOException {
        process = launch();
    }

    /** SIGKILL, and a new one on the same files. */
    public void killAndStart(Duration away) throws IOException, InterruptedException {
        kill();
        TimeUnit.MILLISECONDS.sleep(away.toMillis());
        startAgain();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
