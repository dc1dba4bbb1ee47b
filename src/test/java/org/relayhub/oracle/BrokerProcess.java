package org.relayhub.oracle;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.relayhub.FreePort;
import org.relayhub.directory.Directories;
import org.relayhub.standalone.broker.EmbeddedBroker;

/** A broker in a process of its own, which can be killed. */
final class BrokerProcess implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Path folder;
    private final Path parties;
    private final String password;
    private final int port = FreePort.any();
    private Process process;

    BrokerProcess(Path folder, String parties, String password) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.parties = Files.writeString(folder.resolve("parties.yaml"), parties);
        this.password = password;
        process = launch();
    }

    /** In the other process: runs until it is ended, or whoever has started it is gone. */
    public static void main(String[] args) throws Exception {
        EmbeddedBroker.start(
                Path.of(args[0]),
                Integer.parseInt(args[1]),
                Directories.of(Files.readString(Path.of(args[2]))),
                "network.alarms",
                (user, password) -> password.equals(args[3]));
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    int port() {
        return port;
    }

    private Process launch() throws IOException {
        Process started = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        folder.resolve("data").toString(),
                        String.valueOf(port),
                        parties.toString(),
                        password)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
        await("a broker, see " + folder).atMost(LONGEST).ignoreExceptions().until(() -> {
            if (!started.isAlive()) {
                throw new IllegalStateException("the broker ended: " + Files.readString(folder.resolve("broker.log")));
            }
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        });
        return started;
    }

    boolean answers() {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return process.isAlive();
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL, and a new one on the same files. */
    void killAndStart(Duration away) throws IOException, InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
        TimeUnit.MILLISECONDS.sleep(away.toMillis());
        process = launch();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
