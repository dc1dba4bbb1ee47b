package org.relayhub.security;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.Messages;
import org.relayhub.message.Activity;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.security.login.CertificateProof;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A server with TLS as docs/operations.md sets it up, and clients with certificates of its authority and of another. */
@SpringBootTest(
        classes = SecuritySlice.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"server.ssl.bundle=hub", "server.ssl.client-auth=want"})
@ActiveProfiles("production")
@ExtendWith(OutputCaptureExtension.class)
class CertificatesTest {

    private static final String SOAP = "POST /ws/interboss";
    private static final String PASSWORD = "long and secret";

    @TempDir
    static Path folder = Path.of("");

    private static @Nullable TestAuthority authority;
    private static @Nullable TestAuthority stranger;

    @LocalServerPort
    int port;

    @BeforeAll
    static void keys() throws Exception {
        authority = new TestAuthority(Files.createDirectory(folder.resolve("authority")))
                .sign("server", "CN=hub", "san=ip:127.0.0.1")
                .sign("crm-250", "CN=CRM-250, O=Jiangsu")
                .sign("crm-100", "CN=crm-100")
                .sign("crm-290", "CN=CRM-290")
                .sign("not-in-the-file", "CN=CRM-310")
                .sign("no-party", "CN=somebody, O=\"CN=crm-250\"")
                .sign("viewer", "CN=viewer")
                .sign("admin", "CN=admin")
                .sign("hub-000", "CN=HUB-000")
                .sign("two-names", "CN=CRM-250, CN=CRM-100")
                .sign("mixed-case", "CN=Crm-250")
                .sign("no-name", "O=crm-250")
                .sign("server-only", "CN=CRM-250", "eku=serverAuth");
        stranger = new TestAuthority(Files.createDirectory(folder.resolve("stranger"))).sign("crm-250", "CN=CRM-250");
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add(
                "spring.ssl.bundle.pem.hub.keystore.certificate",
                () -> file(() -> authority().certificates("server")));
        registry.add(
                "spring.ssl.bundle.pem.hub.keystore.private-key",
                () -> file(() -> authority().privateKey("server")));
        registry.add(
                "spring.ssl.bundle.pem.hub.truststore.certificate",
                () -> file(() -> authority().certificates("ca")));
        registry.add("hub.security.identities", () -> file(CertificatesTest::identities));
    }

    private static TestAuthority authority() {
        return requireNonNull(authority);
    }

    private static Path identities() throws IOException {
        String hash = "{bcrypt}" + new BCryptPasswordEncoder(4).encode(PASSWORD);
        return Files.writeString(folder.resolve("identities.csv"), """
                user,role,password_hash
                crm-250,party,
                crm-100,party,HASH
                crm-290,party,
                viewer,viewer,HASH
                admin,admin,HASH
                """.replace("HASH", hash));
    }

    private interface Maker {
        Path make() throws Exception;
    }

    private static String file(Maker maker) {
        try {
            return maker.make().toUri().toString();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> call(SSLContext client, @Nullable String basic, String call) throws Exception {
        String[] parts = call.split(" ");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + parts[1]))
                .method(parts[0], BodyPublishers.noBody());
        if (basic != null) {
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newBuilder().sslContext(client).build().send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> with(@Nullable String certificate, @Nullable String basic, String call)
            throws Exception {
        return call(authority().client(authority(), certificate), basic, call);
    }

    @ParameterizedTest
    @CsvSource({
        "crm-250, POST /ws/interboss",
        "crm-250, POST /interboss",
        "crm-100, POST /ws/interboss",
        "crm-100, POST /interboss"
    })
    void aCertificateProvesThePartyThatItsSubjectNames(String party, String call) throws Exception {
        assertThat(with(party, null, call).body()).isEqualTo(party);
    }

    @Test
    void aCertificateOfAnotherAuthorityEndsTheHandshake() throws Exception {
        SSLContext client = authority().client(requireNonNull(stranger), "crm-250");

        assertThatThrownBy(() -> call(client, null, SOAP)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> call(client, "crm-100:" + PASSWORD, SOAP)).isInstanceOf(IOException.class);
    }

    @Test
    void aCertificateThatIsForServersOnlyEndsTheHandshake() throws Exception {
        SSLContext client = authority().client(authority(), "server-only");

        assertThatThrownBy(() -> call(client, null, SOAP)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"not-in-the-file", "no-party", "viewer", "admin", "hub-000", "two-names", "mixed-case", "no-name"
            })
    void aCertificateThatNamesNoKnownPartyProvesNobody(String certificate) throws Exception {
        HttpResponse<String> answer = with(certificate, null, SOAP);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"relay-hub\"");
    }

    @Test
    void withoutACertificateAPasswordProvesThePartyAsBefore() throws Exception {
        assertThat(with(null, "crm-100:" + PASSWORD, SOAP).body()).isEqualTo("crm-100");
        assertThat(with(null, "crm-100:wrong", SOAP).statusCode()).isEqualTo(401);
        assertThat(with(null, null, SOAP).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "crm-250"})
    void aPartyWithoutAPasswordIsProvedByNone(String password) throws Exception {
        assertThat(with(null, "crm-250:" + password, SOAP).statusCode()).isEqualTo(401);
    }

    @Test
    void aCertificateAndAPasswordOfAnotherPartyProveNeither(CapturedOutput log) throws Exception {
        HttpResponse<String> answer = with("crm-250", "crm-100:" + PASSWORD, SOAP);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(log)
                .contains("Security event: refused a client certificate of CRM-250 from 127.0.0.1: the certificate"
                        + " proves another party than HTTP Basic names");
        assertThat(with("crm-100", "crm-100:" + PASSWORD, SOAP).body()).isEqualTo("crm-100");
    }

    @Test
    void aCertificateThatProvesNobodyIsNotMadeGoodByAPassword() throws Exception {
        assertThat(with("no-party", "crm-100:" + PASSWORD, SOAP).statusCode()).isEqualTo(401);
        assertThat(with("crm-250", "no colon", SOAP).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/tickets",
                "POST /api/deliveries/1/resend",
                "POST /sim/CRM-250",
                "GET /actuator/hawtio/index.html",
                "GET /actuator/jolokia/version",
                "GET /actuator/prometheus"
            })
    void noCertificateOpensWhatIsNotForParties(String call) throws Exception {
        for (String certificate : new String[] {"crm-250", "viewer", "admin", "hub-000"}) {
            assertThat(with(certificate, null, call).statusCode()).isIn(401, 403);
        }
    }

    @Test
    void anOperatorWhoseBrowserShowsACertificateStillLogsInByPassword() throws Exception {
        assertThat(with("no-party", "viewer:" + PASSWORD, "GET /api/tickets").body())
                .isEqualTo("viewer");
        assertThat(with("no-party", null, "GET /ws/interboss?wsdl").statusCode())
                .isEqualTo(200);
    }

    @Test
    void wrongPasswordsDoNotSlowTheCertificateOfTheSamePartyDown() throws Exception {
        for (int i = 0; i < 5; i++) {
            with(null, "crm-290:wrong", SOAP);
        }
        assertThat(with(null, "crm-290:wrong", SOAP).statusCode()).isEqualTo(429);

        assertThat(with("crm-290", null, SOAP).body()).isEqualTo("crm-290");
    }

    @Test
    void aDocumentOfAnotherPartyThanTheCertificatesIsRefusedWith0118() throws Exception {
        String identity = with("crm-250", null, SOAP).body();
        InterBossDocument document = Messages.message(
                        Activity.DISPATCH, Party.of("CRM-100"), Party.of("CSVC-000"), "20261122CSVC1000000001")
                .document();

        assertThatThrownBy(() -> new SenderIdentity().verify(new InboundDocument(document, "soap", identity)))
                .isInstanceOfSatisfying(
                        RefusalException.class,
                        refusal -> assertThat(refusal.fault().code()).isEqualTo("0118"));
    }

    @Test
    void onlyACommonNameOfItsOwnNamesAParty() throws Exception {
        assertThat(CertificateProof.user(authority().certificate("crm-250"))).isEqualTo("crm-250");
        for (String other : new String[] {"no-party", "viewer", "two-names", "mixed-case", "no-name"}) {
            assertThat(CertificateProof.user(authority().certificate(other)))
                    .as(other)
                    .isEmpty();
        }
    }
}
