package org.relayhub.operations.console;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.AuditTrail;
import org.relayhub.operations.desk.DeliveryDesk;
import org.relayhub.operations.desk.DeliveryDesk.Act;
import org.relayhub.operations.desk.DeliveryDesk.Waiting;
import org.relayhub.operations.desk.Page;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.Reasons;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** {@code /deliveries}: what waits, why, and what an operator does about it. */
@Controller
final class DeliveryPages {

    private static final int ACTS = 10;

    /** A delivery, and why it waits. */
    record Row(DeliveryDesk.Row delivery, String hold) {}

    private final DeliveryDesk desk;
    private final PartyOverview parties;
    private final Directory directory;
    private final AuditTrail audit;

    DeliveryPages(DeliveryDesk desk, PartyOverview parties, Directory directory, AuditTrail audit) {
        this.desk = desk;
        this.parties = parties;
        this.directory = directory;
        this.audit = audit;
    }

    @ModelAttribute("here")
    String here() {
        return "deliveries";
    }

    /**
     * What waits.
     *
     * @param done how many were acted on just now; null if nobody has acted
     * @param wrong which word says why nothing was done
     */
    @GetMapping("/deliveries")
    String waiting(
            @RequestParam(required = false) @Nullable String party,
            @RequestParam(required = false) @Nullable Waiting state,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(required = false) @Nullable Integer done,
            @RequestParam(required = false) @Nullable String wrong,
            Model model) {
        Party of = party == null ? null : Party.of(party);
        model.addAttribute(
                "found",
                Page.read(page, (offset, limit) -> desk.find(of, state, offset, limit))
                        .map(row -> new Row(
                                row,
                                row.hold(parties.isCircuitOpen(row.party())).name())));
        model.addAttribute("party", party);
        model.addAttribute("state", state);
        model.addAttribute("states", Waiting.values());
        model.addAttribute("parties", directory.parties());
        model.addAttribute("done", done);
        model.addAttribute(
                "wrong", "reason".equals(wrong) || "none".equals(wrong) ? "deliveries.wrong." + wrong : null);
        model.addAttribute("acts", audit.find(AuditTrail.Search.ofActions(Act.labels()), 0, ACTS));
        return "deliveries";
    }

    /**
     * Acts on what was chosen, or on all dead letters of a party.
     *
     * @param id the chosen ones
     * @param all whether it is all of the party's
     */
    @PostMapping("/deliveries")
    String act(
            @RequestParam Act act,
            @RequestParam(required = false) @Nullable List<Long> id,
            @RequestParam(defaultValue = "false") boolean all,
            @RequestParam(required = false) @Nullable String party,
            @RequestParam(required = false) @Nullable Waiting state,
            @RequestParam(required = false) @Nullable String reason,
            Authentication operator) {
        UriComponentsBuilder back = UriComponentsBuilder.fromPath("/deliveries");
        if (party != null) {
            back.queryParam("party", Party.of(party));
        }
        if (state != null) {
            back.queryParam("state", state);
        }
        Optional<String> why = Reasons.given(reason);
        if (why.isEmpty()) {
            return "redirect:" + back.queryParam("wrong", "reason").toUriString();
        }
        int done;
        if (all && party != null) {
            done = desk.actOnAll(act, Party.of(party), operator.getName(), why.get());
        } else if (id != null && !id.isEmpty()) {
            done = desk.actOn(act, id, operator.getName(), why.get());
        } else {
            return "redirect:" + back.queryParam("wrong", "none").toUriString();
        }
        return "redirect:" + back.queryParam("done", done).toUriString();
    }
}
