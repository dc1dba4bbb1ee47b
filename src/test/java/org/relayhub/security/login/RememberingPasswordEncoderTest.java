package org.relayhub.security.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class RememberingPasswordEncoderTest {

    private final AtomicInteger slowChecks = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();

    private final BCryptPasswordEncoder slow = new BCryptPasswordEncoder(4) {
        @Override
        public boolean matches(CharSequence rawPassword, String encodedPassword) {
            slowChecks.incrementAndGet();
            return super.matches(rawPassword, encodedPassword);
        }
    };
    private final RememberingPasswordEncoder encoder = new RememberingPasswordEncoder(slow, nanos::get);

    @Test
    void aRightPasswordIsCheckedOnceInFiveMinutes() {
        String hash = encoder.encode("right");

        assertThat(encoder.matches("right", hash)).isTrue();
        assertThat(encoder.matches("right", hash)).isTrue();
        assertThat(slowChecks).hasValue(1);

        nanos.addAndGet(Duration.ofMinutes(5).toNanos());
        assertThat(encoder.matches("right", hash)).isTrue();
        assertThat(slowChecks).hasValue(2);
    }

    @Test
    void aWrongPasswordIsCheckedEachTimeAndStaysWrong() {
        String hash = encoder.encode("right");
        encoder.matches("right", hash);

        assertThat(encoder.matches("wrong", hash)).isFalse();
        assertThat(encoder.matches("wrong", hash)).isFalse();
        assertThat(slowChecks).hasValue(3);
    }

    @Test
    void aRememberedPasswordIsNoneOfAnotherHash() {
        encoder.matches("right", encoder.encode("right"));

        assertThat(encoder.matches("right", encoder.encode("other"))).isFalse();
    }
}
