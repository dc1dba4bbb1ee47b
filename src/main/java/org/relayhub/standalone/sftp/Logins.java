package org.relayhub.standalone.sftp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.time.Duration;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.relayhub.message.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How visitors prove who they are: by password, or by a key of their file of keys. The hub has a password of its own. */
final class Logins implements PasswordAuthenticator, PublickeyAuthenticator {

    private static final Logger log = LoggerFactory.getLogger(Logins.class);

    private static final int MOST_FAILURES = 5;
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    /** The hub has a connection for each route, and for each file that it writes at the same time. */
    private static final int SESSIONS_OF_THE_HUB = 64;

    private static final String SP_PASSWORD = "demo";

    private record Origin(String user, String address) {}

    private final Visitors visitors;
    private final EmbeddedSftp.Login parties;
    private final Path keys;
    private final String hubPassword;
    private final Cache<Origin, Integer> failures = Caffeine.newBuilder()
            .maximumSize(10_000)
            // From the first failure on: further ones do not lengthen the time.
            .expireAfter(Expiry.creating((Origin origin, Integer first) -> REMEMBERED))
            .build();

    /**
     * @param keys a folder in which a file {@code <user>} holds the keys of a user
     * @param hubPassword known to the hub alone
     */
    Logins(Visitors visitors, EmbeddedSftp.Login parties, Path keys, String hubPassword) {
        this.visitors = visitors;
        this.parties = parties;
        this.keys = keys;
        this.hubPassword = hubPassword;
    }

    @Override
    public boolean authenticate(String user, String password, ServerSession session) {
        if (Party.HUB.user().equals(user)) {
            CoreModuleProperties.MAX_CONCURRENT_SESSIONS.set(session, SESSIONS_OF_THE_HUB);
            return same(password, hubPassword);
        }
        if (visitors.find(user).isEmpty()) {
            return false;
        }
        var origin = new Origin(user, address(session));
        Integer failed = failures.getIfPresent(origin);
        if (failed != null && failed >= MOST_FAILURES) {
            return false;
        }
        boolean right = Visitors.isSpPartner(user) ? same(password, SP_PASSWORD) : parties.isRight(user, password);
        if (right) {
            failures.invalidate(origin);
        } else if (failures.asMap().merge(origin, 1, Integer::sum) == MOST_FAILURES) {
            log.warn(
                    "Security event: {} failed SFTP logins as {} from {}; this user is turned away there until {}"
                            + " after the first of them",
                    MOST_FAILURES,
                    user,
                    origin.address(),
                    REMEMBERED);
        }
        return right;
    }

    private static String address(ServerSession session) {
        return session.getClientAddress() instanceof InetSocketAddress client
                ? client.getAddress().getHostAddress()
                : "";
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean authenticate(String user, PublicKey key, ServerSession session) {
        // Only then is the name fit for a file's. The hub's own has no key.
        if (Party.HUB.user().equals(user) || visitors.find(user).isEmpty()) {
            return false;
        }
        Path file = keys.resolve(user);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            for (AuthorizedKeyEntry entry : AuthorizedKeyEntry.readAuthorizedKeys(file)) {
                // An option limits what its key may do, and none of them is understood here.
                if (entry.getLoginOptions().isEmpty()
                        && KeyUtils.compareKeys(
                                key, entry.resolvePublicKey(session, PublicKeyEntryResolver.IGNORING))) {
                    return true;
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            // Not what it says: it repeats the line, and people write their names behind keys.
            log.warn(
                    "The SFTP keys of {} cannot be read from {} ({}): none of them is used",
                    user,
                    file,
                    e.getClass().getSimpleName());
        }
        return false;
    }
}
