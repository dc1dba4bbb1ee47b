package org.relayhub.delivery.lane;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;
import org.relayhub.message.Trail;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.trace.SpanNames;

/** The lanes: a route, a circuit breaker and a number of calls under way for each party. */
public final class Lanes {

    private static final String PLACE = "placeOfQuestion";
    private static final String QUESTION = "timeOfQuestion";

    private final CamelContext camel;
    private final Directory directory;
    private final CircuitBreakerRegistry circuits;
    private final RateLimits limits;
    private final MeterRegistry meters;
    private final Tracer tracer;
    private final Map<Party, AtomicInteger> underWay = new ConcurrentHashMap<>();
    private final Map<Party, AtomicInteger> asked = new ConcurrentHashMap<>();

    public Lanes(
            CamelContext camel,
            Directory directory,
            CircuitBreakerRegistry circuits,
            RateLimits limits,
            MeterRegistry meters,
            Tracer tracer) {
        this.meters = meters;
        this.tracer = tracer;
        this.camel = camel;
        this.directory = directory;
        this.circuits = circuits;
        this.limits = limits;
    }

    /** Makes a lane of the route template {@code lane} for every party that has none. */
    public synchronized void build() {
        for (PartyEntry entry : directory.parties()) {
            String party = entry.party().toString();
            if (camel.getRoute(routeId(entry.party())) != null) {
                continue;
            }
            camel.getRegistry().bind("circuit-" + party, CircuitBreaker.class, circuits.circuitBreaker(party));
            TemplatedRouteBuilder.builder(camel, "lane")
                    .routeId(routeId(entry.party()))
                    .parameter("party", party)
                    .add();
        }
    }

    static String routeId(Party party) {
        return "lane-" + party;
    }

    /** How many more calls each lane can take now; lanes that can take none are left out. */
    public Map<Party, Integer> free(Collection<Party> parties) {
        Map<Party, Integer> free = new LinkedHashMap<>();
        for (Party party : parties) {
            int places = directory.find(party).map(this::free).orElse(0);
            if (places > 0) {
                free.put(party, places);
            }
        }
        return free;
    }

    private int free(PartyEntry entry) {
        if (!entry.enabled()
                || camel.getRouteController().getRouteStatus(routeId(entry.party())) != ServiceStatus.Started) {
            return 0;
        }
        int limit =
                switch (circuits.circuitBreaker(entry.party().toString()).getState()) {
                    case OPEN, FORCED_OPEN -> 0;
                    case HALF_OPEN -> 1;
                    case CLOSED, DISABLED, METRICS_ONLY -> entry.concurrency();
                };
        return Math.min(limit - underWay(entry.party()).get(), limits.free(entry));
    }

    public Collection<Party> parties() {
        return directory.parties().stream().map(PartyEntry::party).toList();
    }

    public void enter(Party party) {
        underWay(party).incrementAndGet();
        // What was claimed within the rate counts, even where the rate has changed meanwhile.
        directory.find(party).ifPresent(limits::trySend);
    }

    public void leave(Party party) {
        underWay(party).decrementAndGet();
    }

    /**
     * Reserves a place for a question to a party, until {@link #release}. Questions have as many places as messages, but
     * not the same: a party that answers slowly must not keep every caller's thread, nor its own messages, waiting.
     *
     * @throws PartyBusyException if every place is taken, or the party's rate is reached
     */
    public void reserve(PeerCall call, Exchange exchange) {
        PartyEntry entry = call.entry();
        Trail trail = exchange.getProperty(Trail.PROPERTY, Trail.class);
        Span span = tracer.spanBuilder("ask")
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(SpanNames.PARTY, entry.party().toString())
                .startSpan();
        exchange.setProperty(QUESTION, new Asked(entry.party(), System.nanoTime(), span, trail));
        exchange.setProperty(Trail.PROPERTY, (trail == null ? new Trail(null, null) : trail).within(span));
        AtomicInteger places = asked.computeIfAbsent(entry.party(), p -> new AtomicInteger());
        if (places.incrementAndGet() > entry.concurrency()) {
            places.decrementAndGet();
            throw new PartyBusyException("as many questions as it may be asked at once are under way to it");
        }
        exchange.setProperty(PLACE, places);
        if (!limits.trySend(directory.find(entry.party()).orElse(entry))) {
            throw new PartyBusyException("its rate limit is reached");
        }
    }

    /** A question, and the trail that its exchange was on before. */
    private record Asked(
            Party party, long began, Span span, @Nullable Trail before) {}

    /** Gives the place of a question back, if it has one, and counts how long the question took. */
    public void release(Exchange exchange) {
        if (exchange.removeProperty(QUESTION) instanceof Asked asked) {
            String outcome = outcome(exchange.getMessage().getBody());
            Timer.builder("hub.question")
                    .description("questions to a party, by what came of them")
                    .tag("party", asked.party().toString())
                    .tag("outcome", outcome)
                    .register(meters)
                    .record(System.nanoTime() - asked.began(), TimeUnit.NANOSECONDS);
            asked.span().setAttribute(SpanNames.STATE, outcome).end();
            exchange.setProperty(Trail.PROPERTY, asked.before());
        }
        if (exchange.removeProperty(PLACE) instanceof AtomicInteger places) {
            places.decrementAndGet();
        }
    }

    private static String outcome(Object body) {
        if (body instanceof PeerAnswer.Answered) {
            return "answered";
        }
        if (body instanceof PeerAnswer.Failed failed) {
            return failed.code().equals(ResponseCodes.PEER_TIMEOUT) ? "late" : "failed";
        }
        return "not-tried";
    }

    private AtomicInteger underWay(Party party) {
        return underWay.computeIfAbsent(party, p -> new AtomicInteger());
    }
}
