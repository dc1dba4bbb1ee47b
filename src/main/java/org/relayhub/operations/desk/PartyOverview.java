package org.relayhub.operations.desk;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;

/** How each party is connected, and how it does. */
public final class PartyOverview {

    /** A message that waits longer than this has a party that does not take it. */
    private static final Duration SHORT_WAIT = Duration.ofMinutes(1);

    /**
     * A party.
     *
     * @param queue what waits for it; null if nothing does
     * @param suspension who has suspended it, and why; null if nobody has
     * @param lastSuccess when it took a message last; null if it never did
     * @param circuit the state of its circuit breaker in this hub
     * @param failureRate how many of a hundred of the last calls of this hub have failed; null where there were too few
     */
    public record Status(
            PartyEntry entry,
            PartyDesk.@Nullable Queue queue,
            PartyDesk.@Nullable Suspension suspension,
            @Nullable Instant lastSuccess,
            CircuitBreaker.State circuit,
            @Nullable Float failureRate) {

        public Party party() {
            return entry.party();
        }

        /** How many messages wait, dead letters not counted. */
        public int waiting() {
            return queue == null ? 0 : queue.waiting();
        }

        public int dead() {
            return queue == null ? 0 : queue.dead();
        }

        /** Since when the oldest of those that wait does; null if none waits. */
        public @Nullable Instant oldest() {
            return queue == null ? null : queue.oldest();
        }

        /** Whether somebody should look at it. */
        public boolean isInTrouble(Instant now) {
            Instant oldest = oldest();
            return dead() > 0
                    || suspension != null
                    || circuit != CircuitBreaker.State.CLOSED
                    || oldest != null && oldest.isBefore(now.minus(SHORT_WAIT));
        }
    }

    private final Directory directory;
    private final PartyDesk desk;
    private final CircuitBreakerRegistry circuits;

    public PartyOverview(Directory directory, PartyDesk desk, CircuitBreakerRegistry circuits) {
        this.directory = directory;
        this.desk = desk;
        this.circuits = circuits;
    }

    /** All parties of parties.yaml, by their names. */
    public List<Status> all() {
        return of(directory.parties());
    }

    /** One party; empty if parties.yaml has none of this name. */
    public Optional<Status> find(Party party) {
        return directory.find(party).map(entry -> of(List.of(entry)).get(0));
    }

    private List<Status> of(Collection<PartyEntry> entries) {
        Map<String, PartyDesk.Queue> queues = desk.queues();
        Map<String, PartyDesk.Suspension> suspensions = desk.suspensions();
        Map<String, Instant> successes =
                desk.lastSuccesses(entries.stream().map(PartyEntry::party).toList());
        return entries.stream()
                .map(entry -> {
                    String name = entry.party().toString();
                    Optional<CircuitBreaker> circuit = circuits.find(name);
                    return new Status(
                            entry,
                            queues.get(name),
                            suspensions.get(name),
                            successes.get(name),
                            circuit.map(CircuitBreaker::getState).orElse(CircuitBreaker.State.CLOSED),
                            circuit.map(breaker -> breaker.getMetrics().getFailureRate())
                                    .filter(rate -> rate >= 0)
                                    .orElse(null));
                })
                .toList();
    }

    /** Whether this hub leaves a party alone for a while, because it has failed too often. */
    public boolean isCircuitOpen(Party party) {
        return circuits.find(party.toString())
                .filter(circuit -> circuit.getState() == CircuitBreaker.State.OPEN)
                .isPresent();
    }
}
