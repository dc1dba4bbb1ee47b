package org.relayhub.security;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Everybody who may call the hub. */
final class Identities implements UserDetailsService {

    /** The password of every identity of the standalone profile, and of none outside it. */
    static final String DEMO_PASSWORD = "demo";

    /** One of them. */
    record Identity(String user, Role role, String passwordHash) {}

    private final Function<String, @Nullable Identity> byUser;

    Identities(Map<String, Identity> byUser) {
        this(Map.copyOf(byUser)::get);
    }

    private Identities(Function<String, @Nullable Identity> byUser) {
        this.byUser = byUser;
    }

    /** The standalone profile's: each party of the directory as it is now, the hub, and an operator of each role. */
    static Identities demo(Directory directory, PasswordEncoder encoder) {
        // One hash for all: each would cost the start a tenth of a second.
        String hash = encoder.encode(DEMO_PASSWORD);
        Map<String, Role> others = Map.of(
                Party.HUB.user(), Role.HUB, "viewer", Role.VIEWER, "operator", Role.OPERATOR, "admin", Role.ADMIN);
        return new Identities(user -> {
            Role role = others.get(user);
            if (role == null) {
                role = Party.ofUser(user).flatMap(directory::find).isPresent() ? Role.PARTY : null;
            }
            return role == null ? null : new Identity(user, role, hash);
        });
    }

    @Override
    public UserDetails loadUserByUsername(String user) {
        Identity identity = byUser.apply(user);
        if (identity == null) {
            throw new UsernameNotFoundException("no such user");
        }
        return details(identity);
    }

    /**
     * The party of this user name: whoever else has it is not found.
     *
     * @throws UsernameNotFoundException if it is no party's
     */
    UserDetails loadParty(String user) {
        Identity identity = byUser.apply(user);
        if (identity == null || identity.role() != Role.PARTY) {
            throw new UsernameNotFoundException("no such party");
        }
        return details(identity);
    }

    private static UserDetails details(Identity identity) {
        // A new one for each login, which wipes the hash from it.
        return User.withUsername(identity.user())
                .password(identity.passwordHash())
                .roles(identity.role().names())
                .build();
    }
}
