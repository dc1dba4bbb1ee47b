package org.relayhub.operations.business;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Serial;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.Page;
import org.relayhub.operations.desk.Reasons;
import org.relayhub.ticket.Handlings;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * {@code /api/handlings}: what a platform was told to do and nobody knows whether it has done. The hub never repeats it; an
 * operator asks the platform, and says what became of it.
 */
@RestController
@RequestMapping("/api/handlings")
final class HandlingsEndpoint {

    private static final String NOTHING_BOOKED =
            "no outcome was booked: the hub ended while it waited for the answer, or its database was away";

    /**
     * A handling whose outcome is unknown.
     *
     * @param party who asked for it, with {@code transIdo}
     * @param transIdc the serial under which the platform knows it
     */
    record Open(
            long id,
            String party,
            String transIdo,
            String platform,
            String transIdc,
            @Nullable String indictSeq,
            OffsetDateTime calledAt,
            String reason) {}

    /** What the operator has found out. Taken as JSON only, which no other page's form can send. */
    record Outcome(
            @NotNull(message = "say whether it was done: true or false") @Nullable
            Boolean done,

            @NotBlank @Size(max = Reasons.LONGEST) String reason) {}

    record Settled(long id, boolean done) {}

    private final Handlings handlings;

    HandlingsEndpoint(Handlings handlings) {
        this.handlings = handlings;
    }

    @GetMapping
    Page<Open> open(@RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page) {
        return Page.read(page, handlings::open)
                .map(handling -> new Open(
                        handling.serial(),
                        handling.sender().toString(),
                        handling.transIdo(),
                        handling.platform().toString(),
                        Serial.of(handling.serial()),
                        handling.indictSeq(),
                        Moment.shown(handling.calledAt()),
                        handling.reason() == null ? NOTHING_BOOKED : handling.reason()));
    }

    @PostMapping(path = "/{id}/settle", consumes = MediaType.APPLICATION_JSON_VALUE)
    Settled settle(@PathVariable long id, @Valid @RequestBody Outcome outcome, Authentication operator) {
        boolean done = Boolean.TRUE.equals(outcome.done());
        if (!handlings.settle(id, operator.getName(), done, outcome.reason())) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, "No open handling has this number.");
        }
        return new Settled(id, done);
    }
}
