package org.relayhub.security.login;

import java.time.Duration;
import org.springframework.security.authentication.AccountStatusException;

/** A caller has failed to log in too often and is not listened to for a while. Its password has not been looked at. */
final class SlowedCallerException extends AccountStatusException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /** @param wait until the caller may try again */
    SlowedCallerException(Duration wait) {
        super("too many failed logins");
        this.wait = wait;
    }

    /** In whole seconds, rounded up: whoever waits as long is not too early. */
    long seconds() {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
