package org.relayhub.delivery.lane;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many documents a second a party may send and is sent, as its entry says: {@code rateIn}, {@code rateOut}. As much
 * as one second allows may come at once. Each hub counts for itself.
 */
public final class RateLimits {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TURN = Duration.ofMillis(20);

    /** How often it is said that a party exceeds its rate. */
    private static final Duration SAID_EVERY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(RateLimits.class);

    /** @param said when it was last said that the limit is exceeded, as {@link System#nanoTime} */
    private record Limit(double perSecond, RateLimiter limiter, AtomicLong said) {}

    private final Directory directory;
    private final Map<Party, Limit> in = new ConcurrentHashMap<>();
    private final Map<Party, Limit> out = new ConcurrentHashMap<>();

    private final MeterRegistry meters;

    public RateLimits(Directory directory, MeterRegistry meters) {
        this.directory = directory;
        this.meters = meters;
    }

    /**
     * Lets a document pass whose sender keeps within its rate.
     *
     * @throws OverRateException if it does not
     */
    public InboundDocument admit(InboundDocument inbound) {
        Party sender = inbound.document().header().sender();
        if (!(inbound.isQueued() ? admitInTime(sender) : tryAdmit(sender))) {
            meters.counter("hub.rate.exceeded", "party", sender.toString()).increment();
            say(sender);
            throw new OverRateException();
        }
        return inbound;
    }

    /** What comes off a queue can wait a while: its door takes nothing else meanwhile. */
    private boolean admitInTime(Party sender) {
        long end = System.nanoTime() + SECOND.toNanos();
        while (!tryAdmit(sender)) {
            if (System.nanoTime() - end >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TURN.toNanos());
        }
        return true;
    }

    private void say(Party sender) {
        Limit limit = in.get(sender);
        if (limit == null) {
            return;
        }
        long now = System.nanoTime();
        long said = limit.said().get();
        if (now - said >= SAID_EVERY.toNanos() && limit.said().compareAndSet(said, now)) {
            log.warn(
                    "{} exceeds its rateIn of {} a second; it is answered with 0131, or its queue grows",
                    sender,
                    limit.perSecond());
        }
    }

    /** Whether one more document of a party is within its rate; if so, it counts. */
    boolean tryAdmit(Party sender) {
        RateLimiter limiter = limiter(
                in, sender, directory.find(sender).map(PartyEntry::rateIn).orElse(null));
        return limiter == null || limiter.acquirePermission();
    }

    /** How many documents a party may be sent now. */
    int free(PartyEntry home) {
        RateLimiter limiter = limiter(out, home.party(), home.rateOut());
        return limiter == null
                ? Integer.MAX_VALUE
                : Math.max(0, limiter.getMetrics().getAvailablePermissions());
    }

    /** Whether a party may be sent one document more; if so, it counts. */
    boolean trySend(PartyEntry home) {
        RateLimiter limiter = limiter(out, home.party(), home.rateOut());
        return limiter == null || limiter.acquirePermission();
    }

    private static @Nullable RateLimiter limiter(Map<Party, Limit> limits, Party party, @Nullable Double perSecond) {
        if (perSecond == null) {
            limits.remove(party);
            return null;
        }
        Limit limit = limits.get(party);
        if (limit == null || limit.perSecond() != perSecond) {
            limit = limits.compute(
                    party,
                    (key, known) -> known != null && known.perSecond() == perSecond
                            ? known
                            : new Limit(
                                    perSecond,
                                    RateLimiter.of(party.toString(), config(perSecond)),
                                    new AtomicLong(System.nanoTime() - SAID_EVERY.toNanos())));
        }
        return limit.limiter();
    }

    private static RateLimiterConfig config(double perSecond) {
        int documents = (int) Math.max(1, Math.round(perSecond));
        return RateLimiterConfig.custom()
                .limitForPeriod(documents)
                .limitRefreshPeriod(Duration.ofNanos(Math.round(documents / perSecond * SECOND.toNanos())))
                .timeoutDuration(Duration.ZERO)
                .build();
    }
}
