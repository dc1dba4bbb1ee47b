package org.relayhub.security;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What an identity is allowed to be. */
enum Role {
    /** A party: sends documents in its own name. */
    PARTY,
    /** The hub itself, as its simulated peers know it. */
    HUB,
    /** Reads, with personal data masked. */
    VIEWER,
    /** Also resends, discards and suspends. */
    OPERATOR(VIEWER),
    /** Also sees personal data, and may use Hawtio's write operations. */
    ADMIN(OPERATOR, VIEWER);

    private final List<Role> implied;

    Role(Role... implied) {
        this.implied = List.of(implied);
    }

    /** This role's name and those of all that it includes: the actuator asks for a role by its plain name. */
    String[] names() {
        return Stream.concat(Stream.of(this), implied.stream()).map(Role::name).toArray(String[]::new);
    }

    /** The role of a name in any case; empty if there is none. */
    static Optional<Role> of(String name) {
        return Stream.of(values())
                .filter(role -> role.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
