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

    private final LoginChallenge programs = new LoginChallenge();
    private final RequestMatcher person = person();

    /** Who asks for a page, and brings no password. */
    private static RequestMatcher person() {
        var html = new MediaTypeRequestMatcher(new HeaderContentNegotiationStrategy(), MediaType.TEXT_HTML);
        html.setIgnoredMediaTypes(Set.of(MediaType.ALL));
        return request -> request.getHeader(HttpHeaders.AUTHORIZATION) == null && html.matches(request);
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", LOGIN);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        } else if (person.matches(request)) {
            response.sendRedirect(LOGIN);
        } else {
            programs.commence(request, response, refusal);
        }
    }
}
