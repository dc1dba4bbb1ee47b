package org.relayhub.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who asks, as far as an answer depends on it.
 *
 * @param name the user name; empty for nobody
 * @param operator whether the caller may resend, discard and suspend
 * @param admin whether the caller may see personal data and change the running hub
 */
public record Caller(String name, boolean operator, boolean admin) {

    /** The caller of an authentication; null is nobody. */
    public static Caller of(@Nullable Authentication authentication) {
        if (authentication == null) {
            return new Caller("", false, false);
        }
        return new Caller(
                authentication.getName(), has(authentication, Role.OPERATOR), has(authentication, Role.ADMIN));
    }

    private static boolean has(Authentication authentication, Role role) {
        return authentication.isAuthenticated()
                && authentication.getAuthorities().stream()
                        .anyMatch(granted -> ("ROLE_" + role).equals(granted.getAuthority()));
    }

    /** The caller of the request that this thread works on. */
    public static Caller current() {
        return of(SecurityContextHolder.getContext().getAuthentication());
    }
}
