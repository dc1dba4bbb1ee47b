package org.relayhub.operations.console;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.operations.desk.PersonalData;
import org.relayhub.security.Caller;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.Resource;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.WebDataBinder;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page has: who reads it, in which language, and the way to the same page in the other one. */
@ControllerAdvice(basePackageClasses = ConsoleConfiguration.class)
final class Shell {

    private final String hub;
    private final Show show;
    private final Map<String, String> provincesZh = new TreeMap<>();
    private final Map<String, String> provincesEn = new TreeMap<>();

    Shell(@Value("${hub.name}") String hub, Show show, Resource schemas) {
        this.hub = hub;
        this.show = show;
        CodeTable.read(schemas, "provinces").rows().forEach(row -> {
            provincesZh.put(row.get("code"), row.get("name_zh"));
            provincesEn.put(row.get("code"), row.get("name_en"));
        });
    }

    /** A field that was left empty in a form says nothing. */
    @InitBinder
    void emptyIsNothing(WebDataBinder binder) {
        binder.registerCustomEditor(
                String.class, new org.springframework.beans.propertyeditors.StringTrimmerEditor(true));
    }

    @ModelAttribute("me")
    Caller me(Authentication authentication) {
        return Caller.of(authentication);
    }

    @ModelAttribute("personal")
    PersonalData personal(Authentication authentication) {
        return PersonalData.seenBy(Caller.of(authentication));
    }

    /** Whether the menu leads to anything for the reader. */
    @ModelAttribute("reads")
    boolean reads(HttpServletRequest request) {
        return request.isUserInRole("VIEWER");
    }

    @ModelAttribute("hub")
    String hub() {
        return hub;
    }

    @ModelAttribute("provinces")
    Map<String, String> provinces() {
        return show.isChinese() ? provincesZh : provincesEn;
    }

    @ModelAttribute("links")
    PageLinks links(HttpServletRequest request) {
        String path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked
                ? asked
                : request.getRequestURI();
        return new PageLinks(path, request.getQueryString(), show.isChinese() ? "en" : "zh");
    }

    /** The same for a page that says that another can't be shown, which asks nobody for what it has. */
    Map<String, Object> ofProblem(HttpServletRequest request) {
        return Map.of(
                "me",
                Caller.current(),
                "reads",
                reads(request),
                "hub",
                hub,
                "links",
                links(request),
                "here",
                "problem");
    }
}
