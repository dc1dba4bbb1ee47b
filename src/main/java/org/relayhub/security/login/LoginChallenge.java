package org.relayhub.security.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationEntryPoint;

/** Asks a caller for its name and password (401), or tells it to wait before it tries again (429). */
public final class LoginChallenge implements AuthenticationEntryPoint {

    private final BasicAuthenticationEntryPoint basic = new BasicAuthenticationEntryPoint();

    public LoginChallenge() {
        basic.setRealmName("relay-hub");
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        if (refusal instanceof SlowedCallerException slowed) {
            response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(slowed.seconds()));
            response.sendError(HttpStatus.TOO_MANY_REQUESTS.value());
        } else {
            basic.commence(request, response, refusal);
        }
    }
}
