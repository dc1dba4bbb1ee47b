package org.relayhub.security;

import java.util.Map;
import java.util.TreeMap;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
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

    private final Map<String, Identity> byUser;

    Identities(Map<String, Identity> byUser) {
        this.byUser = Map.copyOf(byUser);
    }

    /** The standalone profile's: each party of the directory, the hub, and an operator of each role. */
    static Identities demo(Directory directory, PasswordEncoder encoder) {
        // One hash for all: each would cost the start a tenth of a second.
        String hash = encoder.encode(DEMO_PASSWORD);
        Map<String, Identity> identities = new TreeMap<>();
        for (PartyEntry entry : directory.parties()) {
            String user = entry.party().user();
            identities.put(user, new Identity(user, Role.PARTY, hash));
        }
        identities.put(Party.HUB.user(), new Identity(Party.HUB.user(), Role.HUB, hash));
        identities.put("viewer", new Identity("viewer", Role.VIEWER, hash));
        identities.put("operator", new Identity("operator", Role.OPERATOR, hash));
        identities.put("admin", new Identity("admin", Role.ADMIN, hash));
        return new Identities(identities);
    }

    @Override
    public UserDetails loadUserByUsername(String user) {
        Identity identity = byUser.get(user);
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
        Identity identity = byUser.get(user);
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
