package org.relayhub.security;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Credential;
import org.relayhub.directory.PartyEntry;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * The passwords by which the hub proves itself: to parties, to the broker, to SFTP servers and to the database. Outside the standalone
 * profile none of them may be the demo password, or empty, when the hub starts.
 */
public final class OwnPasswords {

    private static final String REMEDY = "Give the hub a password of its own there, in the environment or in a file,"
            + " or start with the profile standalone to try the hub out.";

    /** In the database's address, a password may stand as a parameter. */
    private static final Pattern DEMO_IN_ADDRESS =
            Pattern.compile("[?&]password=" + Pattern.quote(Identities.DEMO_PASSWORD) + "(&|$)");

    private final boolean standalone;
    private final Environment environment;

    OwnPasswords(Environment environment) {
        this.standalone = environment.acceptsProfiles(Profiles.of("standalone"));
        this.environment = environment;
    }

    /** @throws UnsafeSettingException if the broker's, an SFTP server's or the database's is unsafe */
    void checkSettings() {
        if (standalone) {
            return;
        }
        String broker = environment.getProperty("hub.broker.password");
        boolean named = !environment.getProperty("hub.broker.user", "").isBlank();
        if (broker == null ? named : broker.isBlank()) {
            throw new UnsafeSettingException("The password for the broker (hub.broker.password) is empty.", REMEDY);
        }
        if (isDemo(broker)) {
            throw new UnsafeSettingException(
                    "The password for the broker (hub.broker.password) is the demo password.", REMEDY);
        }
        checkSftp("parties");
        checkSftp("sims");
        // Empty is safe: the database decides who needs none.
        if (isDemo(environment.getProperty("spring.datasource.password"))
                || DEMO_IN_ADDRESS
                        .matcher(environment.getProperty("spring.datasource.url", ""))
                        .find()) {
            throw new UnsafeSettingException(
                    "The password for the database (spring.datasource.password) is the demo password.", REMEDY);
        }
    }

    private void checkSftp(String server) {
        String setting = "hub.sftp." + server + ".password";
        String password = environment.getProperty(setting);
        if (password != null && (password.isBlank() || isDemo(password))) {
            throw new UnsafeSettingException(
                    "The password for an SFTP server (" + setting + ") is "
                            + (password.isBlank() ? "empty." : "the demo password."),
                    REMEDY);
        }
    }

    private static boolean isDemo(@Nullable String password) {
        return Identities.DEMO_PASSWORD.equals(password);
    }

    /**
     * Looks for the password of each party that takes part; all that is wrong is said at once.
     *
     * @throws UnsafeSettingException if one is missing, in any profile, or unsafe
     */
    public void checkParties(Collection<PartyEntry> parties) {
        Map<String, List<Credential>> bySource = new LinkedHashMap<>();
        parties.stream()
                .filter(PartyEntry::enabled)
                .flatMap(entry -> entry.credential().stream())
                .forEach(own -> bySource.computeIfAbsent(own.from(), source -> new ArrayList<>())
                        .add(own));
        List<String> faults = new ArrayList<>();
        bySource.forEach((source, sharing) -> check(sharing, faults));
        if (!faults.isEmpty()) {
            throw new UnsafeSettingException(String.join(" ", faults), REMEDY);
        }
    }

    private void check(List<Credential> sharing, List<String> faults) {
        Credential own = sharing.get(0);
        String password;
        try {
            password = own.password();
        } catch (IllegalStateException e) {
            faults.add(e.getMessage());
            return;
        }
        if (!standalone && (password.isBlank() || isDemo(password))) {
            String others = sharing.size() == 1 ? "" : " and " + (sharing.size() - 1) + " more";
            faults.add("The password for " + own.party() + others + " (passwordFrom: " + own.from() + ") is "
                    + (password.isBlank() ? "empty." : "the demo password."));
        }
    }
}
