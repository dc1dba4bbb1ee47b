package org.relayhub.operations;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.DeliveryDesk;
import org.relayhub.operations.desk.DeliveryDesk.Act;
import org.relayhub.operations.desk.DeliveryDesk.Waiting;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.Page;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.PersonalData;
import org.relayhub.operations.desk.Reasons;
import org.relayhub.operations.desk.Story;
import org.relayhub.security.Caller;
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

/** {@code /api/deliveries}: what waits to be delivered, why, and until when; resend and discard. */
@RestController
@RequestMapping("/api/deliveries")
final class DeliveriesEndpoint {

    /**
     * A delivery that waits.
     *
     * @param reason why it waits, in words
     * @param nextTryAt when it is due again; null for a dead letter, which an operator must resend
     * @param giveUpAt when it becomes a dead letter; null before the first try
     */
    record Delivery(
            long id,
            String party,
            Waiting state,
            @Nullable String indictSeq,
            String from,
            String transIdo,
            String activity,
            int tries,
            OffsetDateTime since,
            String reason,
            @Nullable OffsetDateTime nextTryAt,
            @Nullable OffsetDateTime giveUpAt) {}

    /** Why an operator does it. Taken as JSON only, which no other page's form can send. */
    record Reason(@NotBlank @Size(max = Reasons.LONGEST) String reason) {}

    record Done(long id, String state) {}

    record AllDone(String party, int deliveries) {}

    private final DeliveryDesk desk;
    private final Story story;
    private final PartyOverview parties;

    DeliveriesEndpoint(DeliveryDesk desk, Story story, PartyOverview parties) {
        this.desk = desk;
        this.story = story;
        this.parties = parties;
    }

    @GetMapping
    Page<Delivery> waiting(
            @RequestParam(required = false) @Nullable Party party,
            @RequestParam(required = false) @Nullable Waiting state,
            @RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page,
            Authentication authentication) {
        PersonalData personal = PersonalData.seenBy(Caller.of(authentication));
        return Page.read(page, (offset, limit) -> desk.find(party, state, offset, limit))
                .map(row -> delivery(row, personal));
    }

    @PostMapping(path = "/{id}/resend", consumes = MediaType.APPLICATION_JSON_VALUE)
    Done resend(@PathVariable long id, @Valid @RequestBody Reason reason, Authentication operator) {
        return act(Act.RESEND, id, reason, operator);
    }

    @PostMapping(path = "/{id}/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    Done discard(@PathVariable long id, @Valid @RequestBody Reason reason, Authentication operator) {
        return act(Act.DISCARD, id, reason, operator);
    }

    @PostMapping(path = "/resend", consumes = MediaType.APPLICATION_JSON_VALUE)
    AllDone resendAll(@RequestParam Party party, @Valid @RequestBody Reason reason, Authentication operator) {
        return new AllDone(party.toString(), desk.actOnAll(Act.RESEND, party, operator.getName(), reason.reason()));
    }

    @PostMapping(path = "/discard", consumes = MediaType.APPLICATION_JSON_VALUE)
    AllDone discardAll(@RequestParam Party party, @Valid @RequestBody Reason reason, Authentication operator) {
        return new AllDone(party.toString(), desk.actOnAll(Act.DISCARD, party, operator.getName(), reason.reason()));
    }

    private Done act(Act act, long id, Reason reason, Authentication operator) {
        boolean done = desk.act(act, id, operator.getName(), reason.reason());
        String state = desk.state(id)
                .orElseThrow(() ->
                        new ResponseStatusException(HttpStatus.NOT_FOUND, "No delivery has the number " + id + "."));
        if (!done) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT,
                    "Delivery %d is %s: only a dead letter can be %s.".formatted(id, state, act.participle()));
        }
        return new Done(id, state);
    }

    private Delivery delivery(DeliveryDesk.Row row, PersonalData personal) {
        boolean dead = row.state() == Waiting.dead;
        return new Delivery(
                row.id(),
                row.party().toString(),
                row.state(),
                row.indictSeq(),
                row.sender(),
                row.transIdo(),
                row.activity(),
                row.tries(),
                Moment.shown(row.createdAt()),
                reason(row, personal),
                dead ? null : Moment.shown(row.nextTryAt()),
                dead ? null : Moment.shownIfAny(row.giveUpAt()));
    }

    private String reason(DeliveryDesk.Row row, PersonalData personal) {
        String code = row.lastCode();
        String last = code == null ? "not tried yet" : story.words(code, row.lastError(), personal);
        return switch (row.hold(parties.isCircuitOpen(row.party()))) {
            case GIVEN_UP -> "Given up, waits for an operator: " + last;
            case SUSPENDED -> "The party is suspended (" + row.suspended() + "): " + last;
            case BEHIND -> "Waits for delivery " + row.behind() + " of the same ticket: " + last;
            case BEING_TRIED -> "Is being tried by " + row.claimedBy() + ": " + last;
            case CIRCUIT_OPEN -> "The party's circuit is open: " + last;
            case DUE -> "Due, " + last;
            case NEXT_TRY -> "Waits for its next try: " + last;
        };
    }
}
