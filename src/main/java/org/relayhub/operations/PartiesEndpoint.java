package org.relayhub.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.PartyDesk;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.Reasons;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/parties}: how each party is connected and how its queue stands; suspend and resume. */
@RestController
@RequestMapping("/api/parties")
final class PartiesEndpoint {

    /** Since when, by whom and why deliveries to a party are suspended. */
    record Suspension(OffsetDateTime since, String operator, String reason) {}

    /**
     * A party.
     *
     * @param circuit the state of its circuit breaker in this hub, as in {@code CLOSED}
     * @param queueLength how many messages wait for it, dead letters not counted
     * @param oldestWaiting since when the oldest of these waits
     * @param lastSuccess when it took a message last
     */
    record State(
            String party,
            String transport,
            boolean enabled,
            boolean suspended,
            @Nullable Suspension suspension,
            CircuitBreaker.State circuit,
            int queueLength,
            int deadLetters,
            @Nullable OffsetDateTime oldestWaiting,
            @Nullable OffsetDateTime lastSuccess) {}

    /** Why deliveries go on: may be left out. */
    record WhyResume(@Size(max = Reasons.LONGEST) @Nullable String reason) {}

    record Answer(String party, boolean suspended) {}

    private final Directory directory;
    private final PartyDesk desk;
    private final PartyOverview overview;

    PartiesEndpoint(Directory directory, PartyDesk desk, PartyOverview overview) {
        this.directory = directory;
        this.desk = desk;
        this.overview = overview;
    }

    @GetMapping
    List<State> all() {
        return overview.all().stream().map(PartiesEndpoint::state).toList();
    }

    @PostMapping(path = "/{party}/suspend", consumes = MediaType.APPLICATION_JSON_VALUE)
    Answer suspend(
            @PathVariable Party party, @Valid @RequestBody DeliveriesEndpoint.Reason reason, Authentication operator) {
        require(party);
        if (!desk.suspend(party, operator.getName(), reason.reason())) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, party + " is suspended already.");
        }
        return new Answer(party.toString(), true);
    }

    /** JSON only, as with every change; an empty object will do. */
    @PostMapping(path = "/{party}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    Answer resume(@PathVariable Party party, @Valid @RequestBody WhyResume reason, Authentication operator) {
        String why = reason.reason();
        if (!desk.resume(party, operator.getName(), why == null ? "" : why)) {
            require(party);
            throw new ResponseStatusException(HttpStatus.CONFLICT, party + " is not suspended.");
        }
        return new Answer(party.toString(), false);
    }

    private void require(Party party) {
        if (directory.find(party).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "parties.yaml has no party " + party + ".");
        }
    }

    private static State state(PartyOverview.Status status) {
        PartyDesk.Suspension suspension = status.suspension();
        return new State(
                status.party().toString(),
                status.entry().transport(),
                status.entry().enabled(),
                suspension != null,
                suspension == null
                        ? null
                        : new Suspension(Moment.shown(suspension.at()), suspension.operator(), suspension.reason()),
                status.circuit(),
                status.waiting(),
                status.dead(),
                Moment.shownIfAny(status.oldest()),
                Moment.shownIfAny(status.lastSuccess()));
    }
}
