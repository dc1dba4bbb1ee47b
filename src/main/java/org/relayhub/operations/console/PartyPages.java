package org.relayhub.operations.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.relayhub.delivery.DeliverySettings;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.AuditTrail;
import org.relayhub.operations.desk.DeliveryDesk;
import org.relayhub.operations.desk.PartyDesk;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.Reasons;
import org.relayhub.ticket.probe.LinkHealth;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** {@code /parties}: how each is connected and does; suspend and resume. */
@Controller
final class PartyPages {

    private static final int LISTED = 10;

    /**
     * A setting as it is in effect.
     *
     * @param origin the key of parties.yaml that says it; null if it is the hub's
     */
    record Setting(
            String name, @Nullable String value, @Nullable String origin) {}

    private final PartyOverview overview;
    private final PartyDesk desk;
    private final DeliveryDesk deliveries;
    private final LinkHealth links;
    private final AuditTrail audit;
    private final DeliverySettings settings;
    private final Clock clock;

    PartyPages(
            PartyOverview overview,
            PartyDesk desk,
            DeliveryDesk deliveries,
            LinkHealth links,
            AuditTrail audit,
            DeliverySettings settings,
            Clock clock) {
        this.overview = overview;
        this.desk = desk;
        this.deliveries = deliveries;
        this.links = links;
        this.audit = audit;
        this.settings = settings;
        this.clock = clock;
    }

    @ModelAttribute("here")
    String here() {
        return "parties";
    }

    /** All parties: those in trouble first, and last those to which nothing was ever sent. */
    @GetMapping("/parties")
    String all(Model model) {
        Instant now = clock.instant();
        List<PartyOverview.Status> all = overview.all();
        List<PartyOverview.Status> well =
                all.stream().filter(party -> !party.isInTrouble(now)).toList();
        model.addAttribute(
                "troubled", all.stream().filter(party -> party.isInTrouble(now)).toList());
        model.addAttribute("well", well.stream().filter(PartyPages::isUsed).toList());
        model.addAttribute(
                "quiet", well.stream().filter(party -> !isUsed(party)).toList());
        model.addAttribute("probes", probes());
        return "parties";
    }

    private Map<Party, LinkHealth.Link> probes() {
        return links.all().stream().collect(Collectors.toMap(LinkHealth.Link::party, Function.identity()));
    }

    private static boolean isUsed(PartyOverview.Status party) {
        return party.lastSuccess() != null || party.waiting() > 0;
    }

    @GetMapping("/parties/{party}")
    String one(@PathVariable String party, @RequestParam(required = false) @Nullable String wrong, Model model) {
        PartyOverview.Status status =
                overview.find(Party.of(party)).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        model.addAttribute("status", status);
        model.addAttribute("probe", probes().get(status.party()));
        model.addAttribute("settings", settings(status.entry()));
        model.addAttribute("waiting", deliveries.find(status.party(), null, 0, LISTED));
        model.addAttribute("acts", audit.find(AuditTrail.Search.of("party " + party), 0, LISTED));
        model.addAttribute("wrong", wrong != null);
        return "party";
    }

    @PostMapping("/parties/{party}/suspend")
    String suspend(
            @PathVariable String party,
            @RequestParam(required = false) @Nullable String reason,
            Authentication operator) {
        Party of = known(party);
        Optional<String> given = Reasons.given(reason);
        given.ifPresent(why -> desk.suspend(of, operator.getName(), why));
        return back(of, given.isPresent());
    }

    @PostMapping("/parties/{party}/resume")
    String resume(
            @PathVariable String party,
            @RequestParam(required = false) @Nullable String reason,
            Authentication operator) {
        Party of = known(party);
        boolean allowed = Reasons.isAllowed(reason);
        if (allowed) {
            desk.resume(of, operator.getName(), Reasons.given(reason).orElse(""));
        }
        return back(of, allowed);
    }

    private static String back(Party party, boolean done) {
        return "redirect:/parties/" + party + (done ? "" : "?wrong=reason");
    }

    private Party known(String party) {
        Party of = Party.of(party);
        if (overview.find(of).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return of;
    }

    private List<Setting> settings(PartyEntry entry) {
        DeliverySettings.Retry retry = settings.retry().with(entry.retry());
        List<Setting> all = new ArrayList<>();
        all.add(setting(entry, "transport", entry.transport()));
        all.add(setting(entry, "form", entry.form().name().toLowerCase(Locale.ROOT)));
        all.add(setting(entry, "address", entry.address()));
        all.add(setting(entry, "user", entry.user()));
        all.add(setting(entry, "passwordFrom", entry.passwordFrom()));
        all.add(setting(entry, "timeout", shown(entry.timeout())));
        all.add(setting(entry, "concurrency", entry.concurrency()));
        all.add(setting(entry, "rateIn", entry.rateIn()));
        all.add(setting(entry, "rateOut", entry.rateOut()));
        all.add(setting(entry, "retry.first", shown(retry.first())));
        all.add(setting(entry, "retry.longest", shown(retry.longest())));
        all.add(setting(entry, "retry.multiplier", retry.multiplier()));
        all.add(setting(entry, "retry.giveUpAfter", shown(retry.giveUpAfter())));
        all.add(setting(entry, "pretreatment", entry.pretreatment()));
        all.add(setting(entry, "enabled", entry.enabled()));
        return all;
    }

    private static Setting setting(PartyEntry entry, String name, @Nullable Object value) {
        return new Setting(
                name, value == null ? null : value.toString(), entry.origins().get(name));
    }

    /** As the files have it, as in 10s or 24h. */
    private static String shown(Duration span) {
        return span.toString().substring(2).toLowerCase(Locale.ROOT);
    }
}
