package org.relayhub.security.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/**
 * Lets a password prove a user, unless the caller has failed too often. Whatever asks for a password anywhere in the hub
 * asks here, so that no way around the limit is left.
 */
public final class PasswordLogin implements AuthenticationProvider {

    private final AuthenticationProvider passwords;
    private final FailedLogins failures;
    /** Each is kept as long as somebody waits for it. */
    private final Cache<Origin, Lock> turns = Caffeine.newBuilder().weakValues().build();

    /**
     * @param passwords compares passwords
     * @param ticker the time
     */
    public PasswordLogin(
            AuthenticationProvider passwords, FailureSettings settings, Ticker ticker, MeterRegistry meters) {
        this.passwords = passwords;
        this.failures = new FailedLogins(settings, ticker, meters);
    }

    @Override
    public Authentication authenticate(Authentication login) {
        var origin = Origin.of(login);
        // One at a time: many guesses at once would all be under way before the first of them is counted.
        Lock turn = turns.get(origin, any -> new ReentrantLock());
        turn.lock();
        try {
            failures.admit(origin);
            Authentication proved = passwords.authenticate(login);
            failures.succeeded(origin);
            return proved;
        } catch (BadCredentialsException e) {
            failures.failed(origin);
            throw e;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
