package org.relayhub.security.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;

/**
 * Asks who is there: a person in a browser by the login page, a part of a page by the page that it is in, and a program
 * like anywhere else.
 */
public final class BrowserChallenge implements AuthenticationEntryPoint {

    /** Where the login page is. */
    public static final String LOGIN = "/login";

    /** What htmx says of itself when it asks for a part of a page. */
    private static final String PART = "HX-Request";

    private final RequestMatcher page = page();
    private final LoginChallenge programs = new LoginChallenge();

    /** Who asks for a page, and not for a part of one or for anything else. */
    public static RequestMatcher page() {
        var html = new MediaTypeRequestMatcher(new HeaderContentNegotiationStrategy(), MediaType.TEXT_HTML);
        html.setIgnoredMediaTypes(Set.of(MediaType.ALL));
        return request -> request.getHeader(PART) == null && html.matches(request);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (request.getHeader(PART) != null) {
            response.setHeader("HX-Redirect", LOGIN);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else if (request.getHeader(HttpHeaders.AUTHORIZATION) == null && page.matches(request)) {
            response.sendRedirect(LOGIN);
        } else {
            programs.commence(request, response, refusal);
        }
    }
}
