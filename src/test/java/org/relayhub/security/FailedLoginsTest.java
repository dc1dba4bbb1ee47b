package org.relayhub.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.security.login.RememberingPasswordEncoder;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.bean.override.convention.TestBean;

/** Callers from several addresses: the server takes a caller's from the proxy before it, as one behind a proxy must. */
@SpringBootTest(
        classes = SecuritySlice.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "server.forward-headers-strategy=native")
@ActiveProfiles("standalone")
@ExtendWith(OutputCaptureExtension.class)
class FailedLoginsTest {

    private static final AtomicLong NANOS = new AtomicLong();
    private static final AtomicInteger CHECKS = new AtomicInteger();

    private static final String HOME = "198.51.100.7";
    private static final String ELSEWHERE = "203.0.113.9";
    private static final String SOAP = "POST /ws/interboss";

    @LocalServerPort
    int port;

    @Autowired
    MeterRegistry meters;

    @TestBean
    Ticker loginTicker = loginTicker();

    @TestBean
    PasswordEncoder passwordEncoder = passwordEncoder();

    private final HttpClient http = HttpClient.newHttpClient();

    static Ticker loginTicker() {
        return NANOS::get;
    }

    /** As the hub's, with a hash that is quick to compute. */
    static PasswordEncoder passwordEncoder() {
        return new RememberingPasswordEncoder(
                new BCryptPasswordEncoder(4) {
                    @Override
                    public boolean matches(CharSequence rawPassword, String encodedPassword) {
                        CHECKS.incrementAndGet();
                        return super.matches(rawPassword, encodedPassword);
                    }
                },
                NANOS::get);
    }

    /** Nothing of the test before still counts. */
    @BeforeEach
    void anHourLater() {
        pass(Duration.ofHours(1));
        CHECKS.set(0);
    }

    private static void pass(Duration time) {
        NANOS.addAndGet(time.toNanos());
    }

    private HttpRequest request(String address, String user, String password, String call) {
        String[] parts = call.split(" ");
        String credentials = user + ":" + password;
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + parts[1]))
                .header("X-Forwarded-For", address)
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)))
                .method(parts[0], BodyPublishers.noBody())
                .build();
    }

    private HttpResponse<String> call(String address, String user, String password, String call) throws Exception {
        return http.send(request(address, user, password, call), BodyHandlers.ofString());
    }

    private int status(String address, String user, String password) throws Exception {
        return call(address, user, password, SOAP).statusCode();
    }

    private void fail(int times, String address, String user) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(status(address, user, "wrong-" + i)).isEqualTo(401);
        }
    }

    @Test
    void afterFiveFailuresNotEvenTheRightPasswordIsLookedAtUntilTheMinuteIsOver() throws Exception {
        fail(5, HOME, "crm-250");
        assertThat(CHECKS).hasValue(5);

        HttpResponse<String> sixth = call(HOME, "crm-250", "demo", SOAP);
        assertThat(sixth.statusCode()).isEqualTo(429);
        assertThat(sixth.headers().firstValue("Retry-After")).hasValue("60");
        assertThat(sixth.headers().firstValue("WWW-Authenticate")).isEmpty();
        assertThat(CHECKS).hasValue(5);

        pass(Duration.ofMillis(59_001));
        HttpResponse<String> almost = call(HOME, "crm-250", "demo", SOAP);
        assertThat(almost.statusCode()).isEqualTo(429);
        assertThat(almost.headers().firstValue("Retry-After")).hasValue("1");

        pass(Duration.ofMillis(999));
        assertThat(call(HOME, "crm-250", "demo", SOAP).body()).isEqualTo("crm-250");
    }

    @Test
    void aPasswordThatIsRememberedIsNotLookedAtEither() throws Exception {
        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(200);
        fail(5, HOME, "crm-250");

        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(429);
    }

    @Test
    void theMinuteBeginsWithTheFirstFailureAndTriesThatAreTurnedAwayDoNotLengthenIt() throws Exception {
        fail(1, HOME, "crm-250");
        pass(Duration.ofSeconds(40));
        fail(4, HOME, "crm-250");
        assertThat(status(HOME, "crm-250", "wrong")).isEqualTo(429);

        pass(Duration.ofSeconds(20));

        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(200);
    }

    @Test
    void whoeverFailsElsewhereOrAsAnotherUserHarmsNobody() throws Exception {
        fail(5, ELSEWHERE, "crm-250");
        assertThat(status(ELSEWHERE, "crm-250", "demo")).isEqualTo(429);

        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(200);
        assertThat(status(ELSEWHERE, "crm-100", "demo")).isEqualTo(200);
    }

    @Test
    void aSuccessForgetsTheFailuresOfItsUser() throws Exception {
        fail(4, HOME, "crm-250");
        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(200);

        fail(5, HOME, "crm-250");

        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(429);
    }

    @Test
    void whoeverTriesManyUsersFromOneAddressIsTurnedAwayThereAltogether() throws Exception {
        for (int user = 0; user < 30; user++) {
            fail(1, HOME, "crm-%03d".formatted(user));
        }

        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(429);
        assertThat(status(ELSEWHERE, "crm-250", "demo")).isEqualTo(200);
        pass(Duration.ofMinutes(1));
        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(200);
    }

    @Test
    void aSuccessInBetweenDoesNotHideThatManyUsersAreTried() throws Exception {
        for (int user = 0; user < 30; user++) {
            fail(1, HOME, "crm-%03d".formatted(user));
            if (user % 10 == 0) {
                assertThat(status(HOME, "crm-250", "demo")).isEqualTo(200);
            }
        }

        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(429);
    }

    @Test
    void anEmptyUserIsOneUserAndNotTheWholeAddress() throws Exception {
        fail(5, HOME, "");

        assertThat(status(HOME, "", "wrong")).isEqualTo(429);
        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(200);
    }

    @Test
    void theAddressesOfOneIpv6NetworkAreOneCaller() throws Exception {
        for (int host = 1; host <= 5; host++) {
            fail(1, "2001:db8::" + host, "crm-250");
        }

        assertThat(status("2001:db8::ffff", "crm-250", "demo")).isEqualTo(429);
        assertThat(status("2001:db8:0:1::1", "crm-250", "demo")).isEqualTo(200);
    }

    @Test
    void guessesAtTheSameTimeAreNoMoreThanFive() {
        List<CompletableFuture<HttpResponse<String>>> guesses = IntStream.range(0, 40)
                .mapToObj(guess ->
                        http.sendAsync(request(HOME, "crm-250", "guess-" + guess, SOAP), BodyHandlers.ofString()))
                .toList();

        assertThat(guesses.stream().map(CompletableFuture::join).map(HttpResponse::statusCode))
                .containsOnly(401, 429)
                .filteredOn(status -> status == 401)
                .hasSize(5);
        assertThat(CHECKS).hasValue(5);
    }

    @ParameterizedTest
    @CsvSource({
        "crm-250, POST /ws/interboss",
        "crm-250, POST /interboss",
        "viewer, GET /api/tickets",
        "hub-000, POST /sim/CRM-250",
        "admin, GET /actuator/hawtio/index.html",
        "admin, GET /actuator/jolokia/version"
    })
    void theLimitHoldsWhereverAPasswordIsTaken(String user, String path) throws Exception {
        assertThat(call(HOME, user, "demo", path).body()).isEqualTo(user);
        for (int i = 0; i < 5; i++) {
            assertThat(call(HOME, user, "wrong", path).statusCode()).isEqualTo(401);
        }

        assertThat(call(HOME, user, "demo", path).statusCode()).isEqualTo(429);
        assertThat(call(HOME, user, "demo", "GET /actuator/prometheus").statusCode())
                .isEqualTo(429);
    }

    @Test
    void aSlowDownIsLoggedOnceWithoutThePasswordAndWithoutALineOfTheCallersOwn(CapturedOutput log) throws Exception {
        String forged = "crm-250\nSecurity event, forged\u2028\u001b[31m";
        fail(5, HOME, forged);
        assertThat(status(HOME, forged, "wrong-6")).isEqualTo(429);

        assertThat(log.toString().lines().filter(line -> line.contains("Security event")))
                .singleElement()
                .asString()
                .contains("5 failed logins as crm-250?Security?event??forged???31m from " + HOME);
        assertThat(log).doesNotContain("wrong-", "\u2028", "[31m");
    }

    @Test
    void failuresAndSlowDownsAreCountedWithoutSayingWhose() throws Exception {
        double failed = meters.get("hub.security.failed.logins").counter().count();
        double slowed = slowed("user");

        fail(5, HOME, "crm-250");
        assertThat(status(HOME, "crm-250", "demo")).isEqualTo(429);

        assertThat(meters.get("hub.security.failed.logins").counter().count()).isEqualTo(failed + 5);
        assertThat(slowed("user")).isEqualTo(slowed + 1);
        assertThat(meters.getMeters().stream()
                        .filter(meter -> meter.getId().getName().startsWith("hub.security."))
                        .flatMap(meter -> meter.getId().getTags().stream()))
                .containsExactlyInAnyOrder(Tag.of("kind", "user"), Tag.of("kind", "address"));
    }

    private double slowed(String kind) {
        return meters.get("hub.security.slowed.callers")
                .tag("kind", kind)
                .counter()
                .count();
    }
}
