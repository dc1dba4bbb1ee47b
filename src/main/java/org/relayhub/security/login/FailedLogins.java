package org.relayhub.security.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers who has failed to log in lately, and says who has done so too often: by user and address, and by address
 * alone. What it remembers is bounded, and gone when the time of {@link FailureSettings#within} is over.
 */
final class FailedLogins {

    private static final Logger log = LoggerFactory.getLogger(FailedLogins.class);

    private static final int AT_MOST = 50_000;

    /** How often, and since when on the ticker. */
    private record Failures(int count, long since) {}

    private final FailureSettings settings;
    private final Ticker ticker;
    private final Cache<Origin, Failures> ofUsers;
    private final Cache<String, Failures> ofAddresses;
    private final Counter failed;
    private final Counter slowedUsers;
    private final Counter slowedAddresses;

    FailedLogins(FailureSettings settings, Ticker ticker, MeterRegistry meters) {
        this.settings = settings;
        this.ticker = ticker;
        this.ofUsers = memory();
        this.ofAddresses = memory();
        this.failed = Counter.builder("hub.security.failed.logins")
                .description("logins with a wrong password or an unknown user")
                .register(meters);
        this.slowedUsers = slowed(meters, "user");
        this.slowedAddresses = slowed(meters, "address");
    }

    private <K> Cache<K, Failures> memory() {
        return Caffeine.newBuilder()
                .maximumSize(AT_MOST)
                .ticker(ticker)
                // From the first failure on: further ones do not lengthen the time.
                .expireAfter(Expiry.creating((K origin, Failures first) -> settings.within()))
                .build();
    }

    private static Counter slowed(MeterRegistry meters, String kind) {
        return Counter.builder("hub.security.slowed.callers")
                .description("callers turned away for a while after failed logins")
                .tag("kind", kind)
                .register(meters);
    }

    /** @throws SlowedCallerException if a login from there is not even to be tried */
    void admit(Origin origin) {
        refuse(ofUsers.getIfPresent(origin), settings.perCaller());
        refuse(ofAddresses.getIfPresent(origin.address()), settings.perAddress());
    }

    private void refuse(@Nullable Failures failures, int bound) {
        if (failures != null && failures.count() >= bound) {
            Duration gone = Duration.ofNanos(ticker.read() - failures.since());
            throw new SlowedCallerException(settings.within().minus(gone));
        }
    }

    /** Counts one that failed. */
    void failed(Origin origin) {
        failed.increment();
        if (count(ofUsers, origin) == settings.perCaller()) {
            slowedUsers.increment();
            log.warn(
                    "Security event: {} failed logins as {} from {}; this user is turned away there until {} after the"
                            + " first of them",
                    settings.perCaller(),
                    new PrintableName(origin.user()),
                    origin.address(),
                    settings.within());
        }
        if (count(ofAddresses, origin.address()) == settings.perAddress()) {
            slowedAddresses.increment();
            log.warn(
                    "Security event: {} failed logins from {}; everybody is turned away there until {} after the first"
                            + " of them",
                    settings.perAddress(),
                    origin.address(),
                    settings.within());
        }
    }

    private <K> int count(Cache<K, Failures> failures, K origin) {
        return failures.asMap()
                .merge(
                        origin,
                        new Failures(1, ticker.read()),
                        (before, one) -> new Failures(before.count() + 1, before.since()))
                .count();
    }

    /** Forgets the failures of a user who has logged in; those of its address still count. */
    void succeeded(Origin origin) {
        ofUsers.invalidate(origin);
    }
}
