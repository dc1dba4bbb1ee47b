package org.relayhub.operations.console;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /login}: the only page that is open to all. */
@Controller
final class LoginPage {

    /**
     * @param note what has just happened: wrong or out
     * @param wait how many seconds somebody who has failed too often is to wait
     */
    @GetMapping("/login")
    String login(
            @RequestParam(required = false) @Nullable String note,
            @RequestParam(required = false) @Nullable Integer wait,
            Model model) {
        model.addAttribute("wait", wait);
        if (wait != null) {
            model.addAttribute("note", "login.wait");
        } else if ("wrong".equals(note) || "out".equals(note)) {
            model.addAttribute("note", "login." + note);
        }
        return "login";
    }
}
