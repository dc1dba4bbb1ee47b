package org.relayhub;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** A hub in a process of its own, which a test may kill. */
public final class HubProcess implements AutoCloseable {

    private static final int LAST_LINES = 60;

    /**
     * What a test may set otherwise. The log that is kept has more than an operator sees, whole and in one file; no test
     * ticket of the hub's own comes between a test's messages.
     */
    private static final List<String> UNLESS_SET = List.of(
            "-Dlogging.level.org.relayhub=DEBUG",
            "-Dlogging.threshold.console=INFO",
            "-Dlogging.logback.rollingpolicy.max-file-size=1GB",
            "-Dhub.probes.every=0s");

    private final HttpClient http;
    private final String scheme;
    private final Path folder;
    /** Kept when the folder is gone: {@link PersonalDataIT} looks through them. */
    private final Path logs = Path.of("target", "logs").toAbsolutePath();

    private final String name = "hub-" + UUID.randomUUID();
    private final int port = FreePort.any();
    private final int brokerPort = FreePort.any();
    /** A hub of another test that starts at this moment would find the preferred ones free, too. */
    private final int databasePort = FreePort.any();

    private final int sftpPort = FreePort.any();
    private final List<String> settings;
    private final Terms terms;
    private Process process;

    /** How its virtual machine compiles. */
    public enum Jvm {
        /** Starts in half the time, and never gets as fast: for tests of what a hub does. */
        QUICK("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
        /** As an operator starts it: for tests of how fast it does it. */
        DEPLOYED;

        private final List<String> options;

        Jvm(String... options) {
            this.options = List.of(options);
        }
    }

    /**
     * What a test runs a hub in, and how it calls it.
     *
     * @param password of the hub's viewer and operator
     * @param tls with what a hub is called whose settings have it serve HTTPS; null for HTTP
     * @param environment what the process has in its environment beside the test's
     */
    public record Terms(Jvm jvm, String password, @Nullable SSLContext tls, Map<String, String> environment) {

        static final Terms DEMO = new Terms(Jvm.QUICK, "demo", null, Map.of());

        public Terms in(Jvm other) {
            return new Terms(other, password, tls, environment);
        }

        Terms over(SSLContext secure) {
            return new Terms(jvm, password, secure, environment);
        }

        public Terms with(Map<String, String> more) {
            return new Terms(jvm, password, tls, more);
        }
    }

    /**
     * Starts a hub and waits until it is ready.
     *
     * @param folder where it keeps its data
     * @param settings further settings, as {@code --name=value}
     */
    public HubProcess(Path folder, List<String> settings) throws IOException {
        this(folder, settings, Jvm.QUICK);
    }

    public HubProcess(Path folder, List<String> settings, Jvm jvm) throws IOException {
        this(folder, settings, Terms.DEMO.in(jvm));
    }

    HubProcess(Path folder, List<String> settings, Terms terms) throws IOException {
        this.folder = folder;
        this.settings = settings;
        this.terms = terms;
        this.scheme = terms.tls() == null ? "http" : "https";
        this.http = terms.tls() == null
                ? HttpClient.newHttpClient()
                : HttpClient.newBuilder().sslContext(terms.tls()).build();
        process = launch();
        awaitReady();
    }

    public int port() {
        return port;
    }

    private String address() {
        return scheme + "://127.0.0.1:" + port;
    }

    /** Of the broker that the hub brings, unless its settings name another. */
    public int brokerPort() {
        return brokerPort;
    }

    /** Of the database that the hub brings, unless its settings name another. */
    public int databasePort() {
        return databasePort;
    }

    /** What it has printed: its log from INFO up. */
    public File log() {
        return logs.resolve(name + ".out").toFile();
    }

    /** What the hub answers to a viewer. */
    public String get(String path) throws IOException, InterruptedException {
        return http.send(request(path, "viewer").build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** With which status the hub answers a viewer. */
    public int status(String path) throws IOException, InterruptedException {
        return http.send(request(path, "viewer").build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private HttpRequest.Builder request(String path, String user) {
        return HttpRequest.newBuilder(URI.create(address() + path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Basic " + HttpHeaders.encodeBasicAuth(user, terms.password(), null));
    }

    /** The value of the first metric whose line begins so; NaN if there is none. */
    public double metric(String line) throws IOException, InterruptedException {
        return values(line).findFirst().orElse(Double.NaN);
    }

    /** The sum of all metrics whose line begins so; zero if there is none. */
    public double metrics(String line) throws IOException, InterruptedException {
        return values(line).sum();
    }

    private DoubleStream values(String line) throws IOException, InterruptedException {
        return get("/actuator/prometheus")
                .lines()
                .filter(each -> each.startsWith(line))
                .mapToDouble(each -> Double.parseDouble(each.substring(each.lastIndexOf(' ') + 1)));
    }

    /** Has it collect all that is not needed any more. */
    public void collectGarbage() throws Exception {
        Programs.run(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                String.valueOf(process.pid()),
                "GC.run");
    }

    /** How much of the machine's memory it takes. */
    public double residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** The same as {@link #get}, read as JSON. */
    public JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path));
    }

    /** What the hub answers to an operator who posts JSON: the status and the content. */
    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        HttpRequest request = request(path, "operator")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** How much processor time it has taken so far, its database not counted. */
    public Duration processorTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends the process as a power cut would: SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    /** Takes the processor from it, as a machine that is overloaded: SIGSTOP. */
    public void pause() throws Exception {
        Programs.run("kill", "-STOP", String.valueOf(process.pid()));
    }

    /** Gives the processor back: SIGCONT. */
    public void resume() throws Exception {
        Programs.run("kill", "-CONT", String.valueOf(process.pid()));
    }

    /** Starts the hub again on the same data. */
    public void startAgain() throws IOException {
        process = launch();
        awaitReady();
    }

    private Process launch() throws IOException {
        Files.createDirectories(folder);
        Files.createDirectories(logs);
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m"));
        command.addAll(terms.jvm().options);
        command.addAll(UNLESS_SET);
        command.add("-Dlogging.file.name=" + logs.resolve(name + ".log"));
        command.addAll(DeployedHub.options());
        command.addAll(List.of(
                "--server.port=" + port,
                "--hub.standalone.broker-port=" + brokerPort,
                "--hub.standalone.database-port=" + databasePort,
                "--hub.standalone.sftp-port=" + sftpPort,
                "--hub.standalone.data-folder=" + folder.resolve("data")));
        command.addAll(settings);
        ProcessBuilder hub = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log()));
        hub.environment().putAll(terms.environment());
        return hub.start();
    }

    private void awaitReady() {
        awaitReady(process, log(), this::health);
    }

    /** Asks a hub whether it is up. */
    interface Health {
        int status() throws IOException, InterruptedException;
    }

    /** Waits until a hub takes requests, and fails with the end of its log if it has ended. */
    static void awaitReady(Process process, File log, Health health) {
        await("a hub, see " + log)
                .atMost(Duration.ofMinutes(4))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new IllegalStateException(
                                "the hub ended with " + process.exitValue() + ": " + lastWords(log));
                    }
                    try {
                        return health.status() == 200;
                    } catch (IOException e) {
                        return false;
                    }
                });
    }

    /** The end of a log. */
    private static String lastWords(File log) {
        try (Stream<String> lines = Files.lines(log.toPath())) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        } catch (IOException e) {
            return "its log cannot be read";
        }
    }

    /** The status by which it says whether it is up, to anybody. */
    public int health() throws IOException, InterruptedException {
        return health(http, address());
    }

    static int health(HttpClient http, String address) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/actuator/health"))
                .timeout(Duration.ofSeconds(5))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
