package org.relayhub.operations;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.Page;
import org.relayhub.operations.desk.PersonalData;
import org.relayhub.operations.desk.Story;
import org.relayhub.security.Caller;
import org.relayhub.ticket.LegState;
import org.relayhub.ticket.Ticket;
import org.relayhub.ticket.Tickets;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** {@code /api/tickets}: where a ticket is and what became of it. */
@RestController
@RequestMapping("/api/tickets")
final class TicketsEndpoint {

    /** @param dueTime until when it is to be answered in this round; null until the hub has looked */
    record LegAnswer(
            String upstream,
            String downstream,
            LegState state,
            int round,
            int urges,
            OffsetDateTime deadTime,
            @Nullable OffsetDateTime dueTime,
            OffsetDateTime updatedTime) {}

    /**
     * @param testFlag as in the document: 1 for a test, else 0
     * @param archived whether it is over for so long that its story is in the archive
     */
    record TicketAnswer(
            String indictSeq,
            String testFlag,
            boolean archived,
            String svcTypeId,
            LegState status,
            String currentNode,
            List<LegAnswer> legs,
            List<Story.Line> story) {}

    record Found(
            String indictSeq,
            String testFlag,
            boolean archived,
            String svcTypeId,
            LegState status,
            String currentNode,
            String origin,
            String msisdn,
            OffsetDateTime createdTime,
            OffsetDateTime updatedTime) {}

    private final Tickets tickets;
    private final Story story;

    TicketsEndpoint(Tickets tickets, Story story) {
        this.tickets = tickets;
        this.story = story;
    }

    @GetMapping("/{indictSeq}")
    TicketAnswer one(@PathVariable String indictSeq, Authentication authentication) {
        Ticket ticket = tickets.find(indictSeq)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "No such ticket is known."));
        List<LegAnswer> legs = ticket.legs().stream()
                .map(leg -> new LegAnswer(
                        leg.upstream().toString(),
                        leg.downstream().toString(),
                        leg.state(),
                        leg.round(),
                        leg.urges(),
                        Moment.shown(leg.deadTime()),
                        Moment.shownIfAny(leg.dueAt()),
                        Moment.shown(leg.updatedAt())))
                .toList();
        return new TicketAnswer(
                ticket.indictSeq(),
                testFlag(ticket),
                ticket.archived(),
                ticket.svcTypeId(),
                ticket.status(),
                ticket.currentNode().toString(),
                legs,
                story.of(indictSeq, PersonalData.seenBy(Caller.of(authentication))));
    }

    @GetMapping
    Page<Found> search(
            @RequestParam(required = false) @Nullable Party party,
            @RequestParam(required = false) @Nullable LegState state,
            @RequestParam(required = false) @Pattern(regexp = "\\d{11}") @Nullable String msisdn,
            @RequestParam(required = false) @Size(min = 1, max = 128) @Nullable String svcType,
            @RequestParam(required = false) @Nullable Moment from,
            @RequestParam(required = false) @Nullable Moment to,
            @RequestParam(defaultValue = "1") @Min(1) @Max(Page.LAST) int page,
            Authentication authentication) {
        PersonalData personal = PersonalData.seenBy(Caller.of(authentication));
        var search = new Tickets.Search(null, party, state, msisdn, svcType, Moment.from(from), Moment.to(to));
        return Page.read(page, (offset, limit) -> tickets.find(search, offset, limit))
                .map(ticket -> found(ticket, personal));
    }

    private static Found found(Ticket ticket, PersonalData personal) {
        return new Found(
                ticket.indictSeq(),
                testFlag(ticket),
                ticket.archived(),
                ticket.svcTypeId(),
                ticket.status(),
                ticket.currentNode().toString(),
                ticket.origin().toString(),
                personal.number(ticket.msisdn()),
                Moment.shown(ticket.createdAt()),
                Moment.shown(ticket.updatedAt()));
    }

    private static String testFlag(Ticket ticket) {
        return ticket.test() ? "1" : "0";
    }
}
