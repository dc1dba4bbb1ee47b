package org.relayhub.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A server with TLS whose files are replaced while it runs. */
@SpringBootTest(
        classes = SecuritySlice.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "server.ssl.bundle=hub",
            "server.ssl.client-auth=want",
            "spring.ssl.bundle.pem.hub.reload-on-update=true",
            "spring.ssl.bundle.pem.hub.keystore.verify-keys=true"
        })
@ActiveProfiles("production")
class CertificateReloadTest {

    private static final Duration SECONDS = Duration.ofSeconds(15);

    @TempDir
    static Path folder = Path.of("");

    private static @Nullable TestAuthority first;
    private static @Nullable TestAuthority second;

    @LocalServerPort
    int port;

    @BeforeAll
    static void keys() throws Exception {
        first = new TestAuthority(Files.createDirectory(folder.resolve("first")))
                .sign("old", "CN=hub", "san=ip:127.0.0.1")
                .sign("new", "CN=hub", "san=ip:127.0.0.1")
                .sign("crm-250", "CN=CRM-250")
                .signExpired("expired", "CN=CRM-250");
        second = new TestAuthority(Files.createDirectory(folder.resolve("second"))).sign("crm-250", "CN=CRM-250");
        Files.createDirectory(folder.resolve("etc"));
        replace("old", "old");
        trust(first);
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add("spring.ssl.bundle.pem.hub.keystore.certificate", () -> uri("hub.crt"));
        registry.add("spring.ssl.bundle.pem.hub.keystore.private-key", () -> uri("hub.key"));
        registry.add("spring.ssl.bundle.pem.hub.truststore.certificate", () -> uri("parties.crt"));
        registry.add("hub.security.identities", () -> {
            write("identities.csv", "user,role,password_hash\ncrm-250,party,\n");
            return uri("identities.csv");
        });
    }

    private static String uri(String file) {
        return folder.resolve("etc").resolve(file).toUri().toString();
    }

    private static void write(String file, String content) {
        try {
            Files.writeString(folder.resolve("etc").resolve(file), content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestAuthority first() {
        return requireNonNull(first);
    }

    private static TestAuthority second() {
        return requireNonNull(second);
    }

    private static void replace(String certificate, String key) throws Exception {
        write("hub.crt", Files.readString(first().certificates(certificate)));
        write("hub.key", Files.readString(first().privateKey(key)));
    }

    private static void trust(TestAuthority authority) throws Exception {
        write("parties.crt", Files.readString(authority.certificates("ca")));
    }

    private HttpResponse<String> call(HttpClient client) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/ws/interboss"))
                        .POST(BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpClient client(SSLContext context) {
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpClient crm250(TestAuthority issuer) throws Exception {
        return client(first().client(issuer, "crm-250"));
    }

    private BigInteger served() throws Exception {
        HttpResponse<String> answer = call(crm250(first()));
        return ((X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0]).getSerialNumber();
    }

    private static BigInteger serial(String alias) throws Exception {
        return first().certificate(alias).getSerialNumber();
    }

    @BeforeEach
    void asItWas() throws Exception {
        replace("old", "old");
        trust(first());
        await().atMost(SECONDS).ignoreExceptions().until(() -> served().equals(serial("old")));
    }

    @Test
    void a_replaced_certificate_is_served_within_seconds_and_no_request_fails_meanwhile() throws Exception {
        HttpClient steady = crm250(first());
        var failures = new CopyOnWriteArrayList<String>();
        var answered = new AtomicInteger();
        var calling = new AtomicBoolean(true);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        for (boolean anew : List.of(true, false)) {
            threads.execute(() -> {
                while (calling.get()) {
                    try {
                        HttpResponse<String> answer = call(anew ? crm250(first()) : steady);
                        if (!answer.body().equals("crm-250")) {
                            failures.add(String.valueOf(answer.statusCode()));
                        }
                        answered.incrementAndGet();
                    } catch (Exception e) {
                        failures.add(e.toString());
                    }
                }
            });
        }

        replace("new", "new");
        await().atMost(SECONDS).until(() -> served().equals(serial("new")));
        int sinceThen = answered.get();
        await().atMost(SECONDS).until(() -> answered.get() > sinceThen + 20);
        calling.set(false);
        threads.shutdown();

        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(failures).isEmpty();
    }

    @Test
    void a_certificate_without_its_key_is_not_taken_until_the_key_is_there() throws Exception {
        replace("new", "old");
        await().during(Duration.ofSeconds(4)).atMost(SECONDS).until(() -> served().equals(serial("old")));

        replace("new", "new");
        await().atMost(SECONDS).until(() -> served().equals(serial("new")));
    }

    @Test
    void parties_of_a_new_authority_are_let_in_within_seconds_and_those_of_the_old_one_no_more() throws Exception {
        assertThat(call(crm250(first())).body()).isEqualTo("crm-250");
        assertThatThrownBy(() -> call(crm250(second()))).isInstanceOf(IOException.class);

        trust(second());

        await().atMost(SECONDS)
                .ignoreExceptions()
                .until(() -> call(crm250(second())).body().equals("crm-250"));
        assertThatThrownBy(() -> call(crm250(first()))).isInstanceOf(IOException.class);
    }

    @Test
    void a_certificate_whose_days_are_over_ends_the_handshake() throws Exception {
        HttpClient expired = client(first().client(first(), "expired"));

        assertThatThrownBy(() -> call(expired)).isInstanceOf(IOException.class);
    }
}
