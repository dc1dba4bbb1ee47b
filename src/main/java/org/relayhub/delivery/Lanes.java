package org.relayhub.delivery;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;

/** The lanes: a route, a circuit breaker and a number of calls under way for each party. */
public final class Lanes {

    private final CamelContext camel;
    private final Directory directory;
    private final CircuitBreakerRegistry circuits;
    private final Map<Party, AtomicInteger> underWay = new ConcurrentHashMap<>();

    Lanes(CamelContext camel, Directory directory, CircuitBreakerRegistry circuits) {
        this.camel = camel;
        this.directory = directory;
        this.circuits = circuits;
    }

    /** Makes a lane of the route template {@code lane} for every party. */
    void build() {
        for (PartyEntry entry : directory.parties()) {
            String party = entry.party().toString();
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
    Map<Party, Integer> free(Collection<Party> parties) {
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
        return limit - counter(entry.party()).get();
    }

    Collection<Party> parties() {
        return directory.parties().stream().map(PartyEntry::party).toList();
    }

    void enter(Party party) {
        counter(party).incrementAndGet();
    }

    void leave(Party party) {
        counter(party).decrementAndGet();
    }

    private AtomicInteger counter(Party party) {
        return underWay.computeIfAbsent(party, p -> new AtomicInteger());
    }
}
