package org.relayhub.security.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Remembers for a while which passwords were right. A party proves itself with each message, and a hash that is slow on
 * purpose would be what the hub spends most of its time on. A wrong password is as slow as ever.
 */
public final class RememberingPasswordEncoder implements PasswordEncoder {

    static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int AT_MOST = 10_000;

    private final PasswordEncoder slow;
    private final Cache<ByteBuffer, Boolean> right;

    /** @param ticker the time */
    public RememberingPasswordEncoder(PasswordEncoder slow, Ticker ticker) {
        this.slow = slow;
        this.right = Caffeine.newBuilder()
                .maximumSize(AT_MOST)
                .expireAfterWrite(REMEMBERED)
                .ticker(ticker)
                .build();
    }

    @Override
    public String encode(CharSequence rawPassword) {
        return slow.encode(rawPassword);
    }

    @Override
    public boolean matches(CharSequence rawPassword, String encodedPassword) {
        ByteBuffer key = key(rawPassword, encodedPassword);
        if (right.getIfPresent(key) != null) {
            return true;
        }
        boolean matches = slow.matches(rawPassword, encodedPassword);
        if (matches) {
            right.put(key, true);
        }
        return matches;
    }

    @Override
    public boolean upgradeEncoding(String encodedPassword) {
        return slow.upgradeEncoding(encodedPassword);
    }

    /** A digest: no password stays in memory. It holds the stored hash, so that a changed one is checked anew. */
    private static ByteBuffer key(CharSequence rawPassword, String encodedPassword) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(encodedPassword.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(rawPassword)));
            return ByteBuffer.wrap(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
