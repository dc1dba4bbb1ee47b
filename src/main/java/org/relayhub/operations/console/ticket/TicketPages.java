package org.relayhub.operations.console.ticket;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.MessageDesk;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.Page;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.PersonalData;
import org.relayhub.ticket.Leg;
import org.relayhub.ticket.LegState;
import org.relayhub.ticket.Ticket;
import org.relayhub.ticket.Tickets;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** {@code /tickets} and {@code /messages}: a ticket is found, and its story read. */
@Controller
final class TicketPages {

    private static final Pattern INDICT_SEQ = Pattern.compile("[0-9]{8}CSVC[0-9]{10}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{11}");

    private static final int SHOWN = 500;

    /** What waits of a ticket. */
    record Next(MessageDesk.Message message, MessageDesk.Sent sent, String hold) {}

    private final Tickets tickets;
    private final MessageDesk messages;
    private final PartyOverview parties;
    private final Directory directory;

    TicketPages(Tickets tickets, MessageDesk messages, PartyOverview parties, Directory directory) {
        this.tickets = tickets;
        this.messages = messages;
        this.parties = parties;
        this.directory = directory;
    }

    @ModelAttribute("here")
    String here() {
        return "tickets";
    }

    /**
     * The tickets that somebody looks for.
     *
     * @param q a ticket's IndictSeq, a phone number or a TransIDO: its form says which
     * @param province the node of the CRM that dispatched it
     */
    @GetMapping("/tickets")
    String search(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable String province,
            @RequestParam(required = false) @Nullable String party,
            @RequestParam(required = false) @Nullable LegState state,
            @RequestParam(required = false) @Nullable String type,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        String asked = q == null ? null : q.strip();
        if (asked != null && INDICT_SEQ.matcher(asked.toUpperCase(Locale.ROOT)).matches()) {
            String indictSeq = asked.toUpperCase(Locale.ROOT);
            if (tickets.find(indictSeq).isPresent()) {
                return "redirect:/tickets/" + indictSeq;
            }
            model.addAttribute("unknown", asked);
        } else if (asked != null && !NUMBER.matcher(asked).matches()) {
            List<MessageDesk.Message> found = messages.find(senders(), asked);
            model.addAttribute("messages", found);
            if (found.isEmpty()) {
                model.addAttribute("unknown", asked);
            }
        } else {
            var search = new Tickets.Search(
                    province == null ? null : new Party("CRM", province),
                    party == null ? null : Party.of(party.strip().toUpperCase(Locale.ROOT)),
                    state,
                    asked,
                    type,
                    from == null ? null : Moment.of(from).begin(),
                    to == null ? null : Moment.of(to).end());
            model.addAttribute("found", Page.read(page, (offset, limit) -> tickets.find(search, offset, limit)));
        }
        model.addAttribute("party", party);
        model.addAttribute("states", LegState.values());
        model.addAttribute("parties", directory.parties());
        return "tickets";
    }

    private List<Party> senders() {
        return Stream.concat(directory.parties().stream().map(PartyEntry::party), Stream.of(Party.HUB))
                .toList();
    }

    @GetMapping("/tickets/{indictSeq}")
    String ticket(@PathVariable String indictSeq, Model model) {
        Ticket ticket = tickets.find(indictSeq).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        List<MessageDesk.Message> all = messages.ofTicket(indictSeq);
        // A ticket that has more goes in a circle; the API tells all of it.
        List<MessageDesk.Message> story = all.subList(Math.max(0, all.size() - SHOWN), all.size());
        model.addAttribute("ticket", ticket);
        model.addAttribute("story", story);
        model.addAttribute("diagram", SequenceDiagram.of(story));
        model.addAttribute("next", next(story));
        model.addAttribute("holder", holder(ticket));
        return "ticket";
    }

    private List<Next> next(List<MessageDesk.Message> story) {
        return story.stream()
                .flatMap(message -> message.deliveries().stream()
                        .filter(sent -> sent.waits() || sent.state().equals("dead"))
                        .map(sent -> new Next(
                                message,
                                sent,
                                sent.hold(parties.isCircuitOpen(sent.party())).name())))
                .toList();
    }

    /** The leg of whoever has the ticket now; null if it went back to its origin. */
    private static @Nullable Leg holder(Ticket ticket) {
        return ticket.legs().stream()
                .filter(leg ->
                        leg.state() == LegState.DISPATCHED && leg.downstream().equals(ticket.currentNode()))
                .findFirst()
                .orElse(null);
    }

    /** A TransIDO may hold a slash, so it is the rest of the path. */
    @GetMapping("/messages/{party}/{*transIdo}")
    String message(
            @PathVariable String party,
            @PathVariable String transIdo,
            @ModelAttribute("personal") PersonalData personal,
            Model model) {
        MessageDesk.Message message = messages.find(Party.of(party), transIdo.substring(1))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        MessageDesk.Documents documents = messages.documents(message, personal);
        model.addAttribute("message", message);
        model.addAttribute(
                "documents",
                Stream.of(documents.document(), documents.passedOn(), documents.answer())
                        .map(document -> document == null ? null : IndentedDocument.of(document))
                        .toList());
        return "message";
    }
}
