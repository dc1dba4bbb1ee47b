package org.relayhub.security.session;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Who is logged in, kept in the session as a name and no more: what the name may do is asked anew with each request, so
 * that whoever has lost a right, or has another password now, has lost it in open pages, too.
 */
public final class OperatorSessions implements SecurityContextRepository {

    private static final String USER = "operator";
    private static final String SINCE = "since";
    private static final String PROOF = "proof";

    private final UserDetailsService identities;
    private final Duration longest;
    private final Clock clock;
    private final boolean logsIn;

    /** @param longest how long a login holds at most */
    public OperatorSessions(UserDetailsService identities, Duration longest, Clock clock) {
        this(identities, longest, clock, true);
    }

    private OperatorSessions(UserDetailsService identities, Duration longest, Clock clock, boolean logsIn) {
        this.identities = identities;
        this.longest = longest;
        this.clock = clock;
        this.logsIn = logsIn;
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new Deferred(request);
    }

    @Override
    @SuppressWarnings({"deprecation", "removal"}) // what Spring still asks to be there, and does not call
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return loadDeferredContext(holder.getRequest()).get();
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        if (!logsIn) {
            return;
        }
        Authentication login = context.getAuthentication();
        if (login == null) {
            HttpSession session = request.getSession(false);
            if (session != null) {
                session.removeAttribute(USER);
            }
            return;
        }
        UserDetails user = identities.loadUserByUsername(login.getName());
        HttpSession session = request.getSession(true);
        session.setAttribute(USER, user.getUsername());
        session.setAttribute(SINCE, clock.instant().toEpochMilli());
        session.setAttribute(PROOF, proof(user));
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return find(request).isPresent();
    }

    /** The same for whoever comes with a password each time: such a caller gets no session. */
    public SecurityContextRepository reading() {
        return new OperatorSessions(identities, longest, clock, false);
    }

    private Optional<UserDetails> find(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session == null
                || !(session.getAttribute(USER) instanceof String name)
                || !(session.getAttribute(SINCE) instanceof Long since)
                || Instant.ofEpochMilli(since).plus(longest).isBefore(clock.instant())) {
            return Optional.empty();
        }
        try {
            UserDetails user = identities.loadUserByUsername(name);
            return proof(user).equals(session.getAttribute(PROOF)) ? Optional.of(user) : Optional.empty();
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Says of a password whether it is still the same, and nothing else: what is kept of it is already a hash. */
    private static String proof(UserDetails user) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.valueOf(user.getPassword()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Looked up when somebody asks: a request that needs nobody costs nothing. */
    private final class Deferred implements DeferredSecurityContext {

        private final HttpServletRequest request;
        private @Nullable SecurityContext context;
        private boolean generated;

        Deferred(HttpServletRequest request) {
            this.request = request;
        }

        @Override
        public SecurityContext get() {
            SecurityContext known = context;
            if (known == null) {
                SecurityContext made = SecurityContextHolder.createEmptyContext();
                Optional<UserDetails> user = find(request);
                user.ifPresent(found -> made.setAuthentication(
                        UsernamePasswordAuthenticationToken.authenticated(found, null, found.getAuthorities())));
                generated = user.isEmpty();
                context = made;
                known = made;
            }
            return known;
        }

        @Override
        public boolean isGenerated() {
            get();
            return generated;
        }
    }
}
