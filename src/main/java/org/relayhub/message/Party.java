package org.relayhub.message;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A system that sends or receives documents, named {@code DOMAIN-NODE} as in {@code CRM-250}.
 *
 * @param domain what kind of system it is, two to four upper-case letters
 * @param node a 3-digit province code, or {@code 000} for headquarters
 */
public record Party(String domain, String node) implements Comparable<Party> {

    private static final Pattern NAME = Pattern.compile("([A-Z]{2,4})-([0-9]{3})");

    /** The hub itself. */
    public static final Party HUB = new Party("HUB", "000");

    public Party {
        if (!NAME.matcher(domain + "-" + node).matches()) {
            throw new IllegalArgumentException("not a party: " + domain + "-" + node);
        }
    }

    /**
     * Reads a party's name.
     *
     * @throws IllegalArgumentException if the name has not the form {@code DOMAIN-NODE}
     */
    public static Party of(String name) {
        var parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a party: " + name);
        }
        return new Party(parts.group(1), parts.group(2));
    }

    /** The party whose user name it is; empty if it is no party's. */
    public static Optional<Party> ofUser(@Nullable String user) {
        var parts = NAME.matcher(user == null ? "" : user.toUpperCase(Locale.ROOT));
        return parts.matches()
                ? Optional.of(new Party(parts.group(1), parts.group(2)))
                        .filter(party -> party.user().equals(user))
                : Optional.empty();
    }

    /** The user name by which the party proves its identity: its name in lower case. */
    public String user() {
        return toString().toLowerCase(Locale.ROOT);
    }

    @Override
    public int compareTo(Party other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return domain + "-" + node;
    }
}
