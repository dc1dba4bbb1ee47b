package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.REPLY;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.security.TestAuthority;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A hub that speaks TLS to everybody, as docs/operations.md sets it up: to parties both ways, and to the database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party OTHER_CRM = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party SIMS = Party.of("SIMS-000");
    private static final Duration SECONDS = Duration.ofSeconds(20);
    private static final AtomicInteger TICKETS = new AtomicInteger();

    private final Path folder;
    private final TestAuthority authority;
    private final TestAuthority stranger;
    private final EmbeddedPostgres database;
    private final RecordingPeer csvc;
    private final RecordingPeer sims;
    private final RecordingPeer elsewhere;
    private final HubProcess hub;

    TlsIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        authority = new TestAuthority(Files.createDirectory(folder.resolve("authority")))
                .sign("server", "CN=hub", "san=ip:127.0.0.1")
                .sign("peer", "CN=peer", "san=ip:127.0.0.1")
                .sign("elsewhere", "CN=elsewhere", "san=dns:elsewhere.example")
                .sign("database", "CN=database", "san=dns:localhost")
                .sign("hub-1", "CN=hub-000")
                .sign("hub-2", "CN=hub-000")
                .sign("crm-250", "CN=CRM-250")
                .sign("crm-100", "CN=CRM-100")
                .sign("csvc-000", "CN=CSVC-000");
        stranger = new TestAuthority(Files.createDirectory(folder.resolve("stranger")));
        csvc = new RecordingPeer(RecordingPeer.Transport.SOAP, authority.server("peer"));
        sims = new RecordingPeer(RecordingPeer.Transport.MULTIPART, authority.server("peer"));
        elsewhere = new RecordingPeer(RecordingPeer.Transport.SOAP, authority.server("elsewhere"));
        database = database();
        Files.createDirectory(folder.resolve("etc"));
        show("hub-1");
        believe(authority);
        hub = ProductionHub.start(
                folder.resolve("tls-hub"),
                databaseUrl(authority),
                "{CSVC-000: {address: '%s'}, SIMS-000: {transport: multipart, address: '%s'}, CRM-100: {address: '%s'}, CRM-*: {}}"
                        .formatted(csvc.address(), sims.address(), elsewhere.address()),
                List.of(
                        "--server.ssl.bundle=hub",
                        "--server.ssl.client-auth=want",
                        "--spring.ssl.bundle.pem.hub.keystore.certificate="
                                + authority.certificates("server").toUri(),
                        "--spring.ssl.bundle.pem.hub.keystore.private-key="
                                + authority.privateKey("server").toUri(),
                        "--spring.ssl.bundle.pem.hub.truststore.certificate="
                                + authority.certificates("ca").toUri(),
                        "--hub.peers.ssl-bundle=peers",
                        "--spring.ssl.bundle.pem.peers.reload-on-update=true",
                        "--spring.ssl.bundle.pem.peers.keystore.certificate="
                                + etc("client.crt").toUri(),
                        "--spring.ssl.bundle.pem.peers.keystore.private-key="
                                + etc("client.key").toUri(),
                        "--spring.ssl.bundle.pem.peers.truststore.certificate="
                                + etc("peers.crt").toUri(),
                        "--hub.delivery.retry.first=200ms",
                        "--hub.delivery.retry.longest=1s",
                        "--hub.delivery.circuit.open-for=1s"),
                ProductionHub.TERMS.over(authority.client(authority, null)));
    }

    private Path etc(String file) {
        return folder.resolve("etc").resolve(file);
    }

    /** Has the hub show a certificate to those that it calls. */
    private void show(String alias) throws Exception {
        Files.writeString(etc("client.crt"), Files.readString(authority.certificates(alias)));
        Files.writeString(etc("client.key"), Files.readString(authority.privateKey(alias)));
    }

    /** Has it believe those whom an authority has signed. */
    private void believe(TestAuthority whom) throws Exception {
        Files.writeString(etc("peers.crt"), Files.readString(whom.certificates("ca")));
    }

    private EmbeddedPostgres database() throws Exception {
        Path key = authority.privateKey("database");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        return EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off")
                .setServerConfig("ssl", "on")
                .setServerConfig(
                        "ssl_cert_file", authority.certificates("database").toString())
                .setServerConfig("ssl_key_file", key.toString())
                .start();
    }

    private String databaseUrl(TestAuthority believed) throws Exception {
        return "jdbc:postgresql://localhost:%d/postgres?user=postgres&ApplicationName=tls-hub&sslmode=verify-full&sslrootcert=%s"
                .formatted(database.getPort(), believed.certificates("ca"));
    }

    @AfterAll
    void stop() throws IOException {
        hub.close();
        csvc.close();
        sims.close();
        elsewhere.close();
        database.close();
    }

    /** What a party's client gets that proves itself by its certificate. */
    private String send(String certificate, Activity activity, Party from, Party to, String ticket) throws Exception {
        String document = Messages.message(activity, from, to, ticket).canonical();
        return HttpClient.newBuilder()
                .sslContext(authority.client(authority, certificate))
                .build()
                .send(
                        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + hub.port() + "/ws/interboss"))
                                .header("Content-Type", "text/xml; charset=UTF-8")
                                .header("SOAPAction", "\"\"")
                                .POST(BodyPublishers.ofString(SoapCaller.envelope(document)))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private static String ticket() {
        return "20261122CSVC250%07d".formatted(TICKETS.incrementAndGet());
    }

    private static boolean has(RecordingPeer peer, String ticket) {
        return peer.arrivals().stream().anyMatch(arrival -> arrival.indictSeq().equals(ticket));
    }

    @Test
    void a_message_goes_its_whole_way_between_parties_that_prove_themselves_by_certificates() throws Exception {
        String bySoap = ticket();
        String byMultipart = ticket();

        assertThat(send("crm-250", DISPATCH, CRM, CSVC, bySoap)).contains("<RspCode>0000</RspCode>");
        assertThat(send("csvc-000", DISPATCH, CSVC, SIMS, byMultipart)).contains("<RspCode>0000</RspCode>");

        await().atMost(SECONDS).until(() -> has(csvc, bySoap) && has(sims, byMultipart));
    }

    @Test
    void a_document_in_the_name_of_another_party_than_the_certificates_is_refused() throws Exception {
        assertThat(send("crm-250", DISPATCH, OTHER_CRM, CSVC, "20261122CSVC1000000001"))
                .contains("<RspCode>0118</RspCode>");
    }

    @Test
    void the_hub_shows_its_new_certificate_within_seconds_and_no_message_is_tried_twice_for_it() throws Exception {
        show("hub-2");

        await().atMost(SECONDS).until(() -> {
            String toCsvc = ticket();
            String toSims = ticket();
            send("crm-250", DISPATCH, CRM, CSVC, toCsvc);
            send("csvc-000", DISPATCH, CSVC, SIMS, toSims);
            await().atMost(SECONDS).until(() -> has(csvc, toCsvc) && has(sims, toSims));
            // A try is booked a moment after it was made.
            await().atMost(SECONDS).until(() -> tries(toCsvc) > 0 && tries(toSims) > 0);
            assertThat(tries(toCsvc)).isEqualTo(1);
            assertThat(tries(toSims)).isEqualTo(1);
            var anew = authority.certificate("hub-2").getSerialNumber();
            return anew.equals(csvc.lastCertificate()) && anew.equals(sims.lastCertificate());
        });
    }

    @Test
    void a_peer_whose_authority_is_not_believed_gets_nothing_until_it_is() throws Exception {
        believe(stranger);
        await().atMost(SECONDS).until(() -> {
            String toCsvc = ticket();
            String toSims = ticket();
            send("crm-250", DISPATCH, CRM, CSVC, toCsvc);
            send("csvc-000", DISPATCH, CSVC, SIMS, toSims);
            await().atMost(SECONDS).until(() -> tries(toCsvc) > 0 && tries(toSims) > 0);
            return !has(csvc, toCsvc) && !has(sims, toSims);
        });
        String waiting = ticket();
        send("crm-250", DISPATCH, CRM, CSVC, waiting);
        await().atMost(SECONDS).until(() -> tries(waiting) > 1);
        assertThat(has(csvc, waiting)).isFalse();

        believe(authority);

        await().atMost(SECONDS).until(() -> has(csvc, waiting));
    }

    @Test
    void a_peer_whose_certificate_is_for_another_host_gets_nothing() throws Exception {
        String ticket = "20261122CSVC1000000002";
        send("crm-100", DISPATCH, OTHER_CRM, CSVC, ticket);
        await().atMost(SECONDS).until(() -> has(csvc, ticket));
        assertThat(send("csvc-000", REPLY, CSVC, OTHER_CRM, ticket)).contains("<RspCode>0000</RspCode>");

        await().atMost(SECONDS).until(() -> tries(ticket) > 2);
        assertThat(elsewhere.arrivals()).isEmpty();
    }

    private int tries(String ticket) {
        return client().sql("""
                        select count(*) from attempt join delivery using (delivery_id)
                        join message using (serial) where indict_seq = ?""").param(ticket).query(Integer.class).single();
    }

    private JdbcClient client() {
        return JdbcClient.create(database.getPostgresDatabase());
    }

    @Test
    void a_browser_is_told_to_stay_with_TLS_and_its_cookies_go_nowhere_else() throws Exception {
        HttpClient browser = HttpClient.newBuilder()
                .sslContext(authority.client(authority, null))
                .build();
        HttpRequest.Builder login = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + hub.port() + "/login"));
        var page = browser.send(login.build(), BodyHandlers.ofString());
        String cookie = page.headers().firstValue("Set-Cookie").orElse("");
        String token = cookie.substring("XSRF-TOKEN=".length(), cookie.indexOf(';'));
        var answer = browser.send(
                login.header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", "XSRF-TOKEN=" + token)
                        .POST(BodyPublishers.ofString("username=viewer&password="
                                + ProductionHub.PASSWORD.replace(' ', '+') + "&_csrf=" + token))
                        .build(),
                BodyHandlers.ofString());

        assertThat(page.headers().firstValue("Strict-Transport-Security").orElse(""))
                .contains("max-age=31536000");
        assertThat(cookie).contains("Secure", "SameSite=Strict");
        assertThat(answer.headers().allValues("Set-Cookie")).anySatisfy(set -> assertThat(set)
                .startsWith("relay-hub-session=")
                .contains("Secure", "HttpOnly", "SameSite=Lax"));
    }

    @Test
    void the_database_is_reached_over_TLS_alone_and_only_if_its_authority_is_believed() throws Exception {
        assertThat(client().sql(
                                "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where application_name = 'tls-hub'")
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
        assertThatThrownBy(
                        () -> DriverManager.getConnection(databaseUrl(stranger)).close())
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("PKIX path");
    }
}
