package org.relayhub.operations.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.relayhub.operations.desk.AuditTrail;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.Page;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /audit}: who did what, when and why. */
@Controller
final class AuditPage {

    private final AuditTrail audit;

    AuditPage(AuditTrail audit) {
        this.audit = audit;
    }

    @GetMapping("/audit")
    String acts(
            @RequestParam(required = false) @Nullable String operator,
            @RequestParam(required = false) @Nullable String action,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "1") int page,
            Model model) {
        var search = new AuditTrail.Search(
                operator,
                action == null ? List.of() : List.of(action),
                subject,
                from == null ? null : Moment.of(from).begin(),
                to == null ? null : Moment.of(to).end());
        model.addAttribute("found", Page.read(page, (offset, limit) -> audit.find(search, offset, limit)));
        model.addAttribute("here", "audit");
        return "audit";
    }
}
