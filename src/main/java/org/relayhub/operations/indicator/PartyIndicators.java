package org.relayhub.operations.indicator;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.ticket.probe.LinkHealth;

/** How each party and the link to it do; those that are added while the hub runs, too. */
final class PartyIndicators implements MeterBinder {

    private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);
    private static final double MILLIS = 1000;

    private final Directory directory;
    private final Clock clock;
    private final Snapshot<Map<Party, PartyOverview.Status>> parties;
    private final Snapshot<Map<Party, LinkHealth.Link>> links;
    private final Set<Party> bound = new HashSet<>();

    PartyIndicators(Directory directory, PartyOverview overview, LinkHealth health, Clock clock) {
        this.directory = directory;
        this.clock = clock;
        this.parties = new Snapshot<>(COUNTED_EVERY, () -> byParty(overview.all(), PartyOverview.Status::party));
        this.links = new Snapshot<>(COUNTED_EVERY, () -> byParty(health.all(), LinkHealth.Link::party));
    }

    private static <T> Map<Party, T> byParty(List<T> all, Function<T, Party> party) {
        return all.stream().collect(Collectors.toMap(party, Function.identity()));
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        bindNew(meters);
        directory.onChange(() -> bindNew(meters));
    }

    private synchronized void bindNew(MeterRegistry meters) {
        directory.parties().forEach(entry -> {
            if (bound.add(entry.party())) {
                bind(entry.party(), meters);
            }
        });
    }

    private void bind(Party party, MeterRegistry meters) {
        status("hub.party.waiting", "messages that wait for a party", party, meters, PartyOverview.Status::waiting);
        status("hub.party.dead", "messages for a party that were given up", party, meters, PartyOverview.Status::dead);
        status(
                "hub.party.suspended",
                "1 while an operator has suspended a party",
                party,
                meters,
                status -> status.suspension() == null ? 0 : 1);
        status(
                "hub.party.circuit.open",
                "1 while this hub leaves a party alone because it has failed too often",
                party,
                meters,
                status -> status.circuit() == CircuitBreaker.State.CLOSED ? 0 : 1);
        Gauge.builder("hub.party.oldest", () -> parties.value(all -> of(all.get(party), this::oldest)))
                .description("since when the oldest message waits for a party; 0 if none does")
                .baseUnit("seconds")
                .tag("party", party.toString())
                .register(meters);
        Gauge.builder("hub.probe.up", () -> links.value(all -> of(all.get(party), link -> link.up() ? 1 : 0)))
                .description("1 if the last test ticket over a link came to a good end, 0 if it did not")
                .tag("party", party.toString())
                .register(meters);
        Gauge.builder("hub.probe.age", () -> links.value(all -> of(all.get(party), this::age)))
                .description("how long ago the last test ticket over a link has ended")
                .baseUnit("seconds")
                .tag("party", party.toString())
                .register(meters);
        Gauge.builder("hub.probe.round.trip", () -> links.value(all -> of(all.get(party), PartyIndicators::roundTrip)))
                .description("from the dispatch of the last test ticket over a link to its answer")
                .baseUnit("seconds")
                .tag("party", party.toString())
                .register(meters);
    }

    private void status(
            String name,
            String description,
            Party party,
            MeterRegistry meters,
            ToDoubleFunction<PartyOverview.Status> value) {
        Gauge.builder(name, () -> parties.value(all -> of(all.get(party), value)))
                .description(description)
                .tag("party", party.toString())
                .register(meters);
    }

    private double oldest(PartyOverview.Status status) {
        Instant oldest = status.oldest();
        return oldest == null ? 0 : Duration.between(oldest, clock.instant()).toMillis() / MILLIS;
    }

    private double age(LinkHealth.Link link) {
        return Duration.between(link.endedAt(), clock.instant()).toMillis() / MILLIS;
    }

    private static double roundTrip(LinkHealth.Link link) {
        Duration roundTrip = link.roundTrip();
        return roundTrip == null ? Double.NaN : roundTrip.toMillis() / MILLIS;
    }

    private static <T> double of(@Nullable T found, ToDoubleFunction<T> value) {
        return found == null ? Double.NaN : value.applyAsDouble(found);
    }
}
