package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.springframework.http.HttpHeaders;

/**
 * Two hubs behind HAProxy with the very file of {@code deploy/proxy}, which gets other ports by its environment. Skipped where
 * {@code haproxy} or {@code openssl} is not installed.
 */
class ProxyIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(50);
    private static final Party CRM = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");

    private final Path folder;
    private final int parties = FreePort.any();
    private final int operators = FreePort.any();
    private final int messages = FreePort.any();
    private final int brokerPort = FreePort.any();
    private final AtomicInteger tickets = new AtomicInteger();
    private @Nullable Process proxy;

    ProxyIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        if (proxy != null) {
            proxy.destroyForcibly();
        }
    }

    private HttpClient startProxy(int hub1, int hub2, int broker) throws Exception {
        Programs.require("haproxy", "openssl");
        Path key = folder.resolve("proxy.key");
        Path certificate = folder.resolve("proxy.crt");
        Programs.run(("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=proxy"
                        + " -addext subjectAltName=IP:127.0.0.1 -keyout " + key + " -out " + certificate)
                .split(" "));
        Path both = Files.writeString(
                folder.resolve("proxy-certificate"), Files.readString(certificate) + Files.readString(key));
        var command = new ProcessBuilder(
                        String.valueOf(Programs.find("haproxy")), "-db", "-f", "deploy/proxy/haproxy.cfg")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("proxy.log").toFile());
        command.environment()
                .putAll(Map.of(
                        "PROXY_CERTIFICATE", both.toString(),
                        "PROXY_PARTIES", "127.0.0.1:" + parties,
                        "PROXY_OPERATORS", "127.0.0.1:" + operators,
                        "PROXY_MESSAGES", "127.0.0.1:" + messages,
                        "PROXY_HUB_1", "127.0.0.1:" + hub1,
                        "PROXY_HUB_2", "127.0.0.1:" + hub2,
                        "PROXY_GRAFANA", "127.0.0.1:9",
                        "PROXY_BROKER", "127.0.0.1:" + broker));
        Process started = command.start();
        proxy = started;
        await("a proxy, see " + folder).atMost(SOON).ignoreExceptions().until(() -> {
            assertThat(started.isAlive()).as(log()).isTrue();
            new Socket(InetAddress.getLoopbackAddress(), messages).close();
            return true;
        });
        return HttpClient.newBuilder()
                .sslContext(trusting(certificate))
                .connectTimeout(Duration.ofSeconds(5))
                .build();
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream content = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "proxy", CertificateFactory.getInstance("X.509").generateCertificate(content));
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("proxy.log"));
    }

    private HubProcess hub(String name, TestDatabase database) {
        try {
            return ProductionHub.start(
                    Files.createDirectories(folder.resolve(name)),
                    database.url(),
                    "{CRM-100: {}, CSVC-000: {}}",
                    List.of(
                            "--server.forward-headers-strategy=native",
                            "--server.tomcat.remoteip.internal-proxies=127\\.0\\.0\\.1"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static HttpRequest request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
                .timeout(SOON)
                .header("Authorization", basic("viewer"))
                .build();
    }

    private static String basic(String user) {
        return "Basic " + HttpHeaders.encodeBasicAuth(user, ProductionHub.PASSWORD, null);
    }

    /** The code of the answer to a new dispatch, or what came instead. */
    private String dispatch(HttpClient client) {
        String document = Messages.message(
                        Activity.DISPATCH, CRM, CSVC, "20261122CSVC100%07d".formatted(tickets.incrementAndGet()))
                .canonical();
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + parties + "/ws/interboss"))
                            .timeout(SOON)
                            .header("Authorization", basic("crm-100"))
                            .header("Content-Type", "text/xml; charset=UTF-8")
                            .POST(HttpRequest.BodyPublishers.ofString(SoapCaller.envelope(document)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return new SoapCaller.Reply(response.statusCode(), response.body()).code() + " " + response.statusCode();
        } catch (IOException | InterruptedException e) {
            return e.toString();
        }
    }

    @Test
    void hubs_go_and_come_one_after_another_and_no_sender_sees_it() throws Exception {
        Programs.require("haproxy", "openssl");
        TestDatabase database = TestDatabase.empty();
        CompletableFuture<HubProcess> other = CompletableFuture.supplyAsync(() -> hub("hub-2", database));
        List<String> answers = Collections.synchronizedList(new ArrayList<>());
        ScheduledExecutorService load = Executors.newScheduledThreadPool(4);
        try (HubProcess one = hub("hub-1", database);
                HubProcess two = other.join()) {
            HttpClient client = startProxy(one.port(), two.port(), brokerPort);
            for (int i = 0; i < 4; i++) {
                load.scheduleWithFixedDelay(
                        () -> answers.add(dispatch(client)), 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
            }
            awaitMore(answers, 100);
            one.close();
            awaitMore(answers, 50);
            one.startAgain();
            await("hub-1 is believed again").atMost(SOON).until(() -> log().contains("exchange/hub-1 is UP"));
            awaitMore(answers, 50);
            two.kill();
            awaitMore(answers, 50);

            load.shutdown();
            assertThat(load.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
            assertThat(answers).as("see " + folder).containsOnly("0000 200");
            assertThat(database.client()
                            .sql("select count(*) from message where sender = 'CRM-100'")
                            .query(Integer.class)
                            .single())
                    .as("each booked once")
                    .isEqualTo(tickets.get());
            doorsAreApart(client);
        } finally {
            load.shutdownNow();
            other.join().close();
        }
    }

    private static void awaitMore(List<String> answers, int number) {
        int enough = answers.size() + number;
        await().atMost(Duration.ofMinutes(1)).until(() -> answers.size() > enough);
    }

    private void doorsAreApart(HttpClient client) throws Exception {
        for (HttpRequest request : List.of(
                request(operators, "/ws/interboss"),
                request(operators, "/actuator/prometheus"),
                request(parties, "/api/parties"),
                request(parties, "/login"))) {
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(request.uri().toString())
                    .isEqualTo(404);
        }
        assertThat(client.send(
                                request(operators, "/api/tickets?msisdn=13800000000"),
                                HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
        URI console = URI.create("https://127.0.0.1:" + operators + "/");
        assertThat(client.send(
                                HttpRequest.newBuilder(console)
                                        .header("Accept", "text/html")
                                        .build(),
                                HttpResponse.BodyHandlers.discarding())
                        .headers()
                        .firstValue("Location"))
                .as("where to log in")
                .hasValueSatisfying(
                        location -> assertThat(console.resolve(location)).isEqualTo(console.resolve("/login")));
        assertThat(log()).contains("GET /api/tickets").doesNotContain("13800000000");
    }

    @Test
    void a_party_reaches_the_broker_over_TLS() throws Exception {
        Programs.require("haproxy", "openssl");
        try (var broker = new ArtemisDistribution(folder.resolve("broker"), ProductionHub.PASSWORD)) {
            startProxy(brokerPort, brokerPort, broker.port());
            var factory = new JmsConnectionFactory(
                    "amqps://127.0.0.1:" + messages + "?transport.verifyHost=false&transport.trustAll=true");
            try (var session = factory.createContext("crm-250", ProductionHub.PASSWORD);
                    var consumer = session.createConsumer(session.createQueue("hub.out.CRM-250"))) {
                assertThat(consumer.receive(100)).isNull();
            }
        }
    }
}
