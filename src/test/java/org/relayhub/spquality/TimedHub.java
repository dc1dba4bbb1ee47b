package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.relayhub.FreePort;
import org.relayhub.HubApplication;
import org.relayhub.SftpRoots;
import org.relayhub.UtcClock;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A whole hub of the default profile, in this process, by a clock that a test sets. */
final class TimedHub {

    static final Duration SOON = Duration.ofSeconds(40);

    /** Runs on from the time that it is set to. */
    private static final class RunningClock extends UtcClock {

        private volatile Duration ahead = Duration.ZERO;

        void set(String time) {
            ahead = Duration.between(Instant.now(), OffsetDateTime.parse(time).toInstant());
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }
    }

    private final RunningClock clock = new RunningClock();
    private final Path data;
    private final int port = FreePort.any();

    /** @param data where it keeps what it has */
    TimedHub(Path data) {
        this.data = data;
    }

    /** Whatever it is now, for the hub it is this, and goes on from there. */
    void setClock(String time) {
        clock.set(time);
    }

    /** What senders have on its SFTP server. */
    Path roots() {
        return data.resolve("sftp");
    }

    ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(HubApplication.class)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean("runningClock", Clock.class, () -> clock, bean -> bean.setPrimary(true)))
                .run(
                        "--server.port=" + port,
                        "--hub.standalone.data-folder=" + data,
                        "--hub.standalone.broker-port=" + FreePort.any(),
                        "--hub.standalone.sftp-port=" + FreePort.any(),
                        "--hub.standalone.simulation.sample-every=0s",
                        "--hub.probes.every=0s",
                        "--hub.standalone.simulation.not-simulated=SIMS-000",
                        "--hub.sftp.poll-every=500ms",
                        "--hub.timers.poll-every=200ms",
                        "--hub.sp-quality.send-every=1s");
    }

    /** Drops a file and its companion. */
    void drop(String sender, String name, byte[] content, String sha256) throws IOException {
        SpFiles.drop(SftpRoots.make(roots(), sender), name, content, sha256);
    }

    /** What it says of a file, as soon as it does. */
    String receipt(String sender, String name, String ending) {
        Path receipt = roots().resolve(sender + "/receipts/" + name + ending);
        await(receipt.toString()).atMost(SOON).until(() -> Files.exists(receipt));
        try {
            return Files.readString(receipt);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What {@code /api/sp-quality/} answers to a viewer. */
    JsonNode book(String query) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/sp-quality/" + query))
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString("viewer:demo".getBytes(StandardCharsets.UTF_8)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }
}
