package org.relayhub.security.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/** Says at the login page why nobody was let in, and to whoever has tried too often how long to wait. */
public final class LoginFailure implements AuthenticationFailureHandler {

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        response.sendRedirect(BrowserChallenge.LOGIN
                + (refusal instanceof SlowedCallerException slowed ? "?wait=" + slowed.seconds() : "?note=wrong"));
    }
}
