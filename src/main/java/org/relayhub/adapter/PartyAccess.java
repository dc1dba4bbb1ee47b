package org.relayhub.adapter;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Credential;
import org.relayhub.directory.PartyEntry;

/** Where a party is called over HTTP, and how the hub proves itself to it: the same for every such transport. */
public final class PartyAccess {

    private final @Nullable Supplier<String> simulatedPeers;
    private final @Nullable String demoPassword;

    /**
     * @param simulatedPeers where the simulated peers are, for parties without an address; null if there are none
     * @param demoPassword the hub's password for the simulated peers; null if there are none
     */
    public PartyAccess(@Nullable Supplier<String> simulatedPeers, @Nullable String demoPassword) {
        this.simulatedPeers = simulatedPeers;
        this.demoPassword = demoPassword;
    }

    /**
     * The party's address.
     *
     * @throws IllegalStateException if {@code parties.yaml} gives none and the party is not simulated
     */
    URI address(PartyEntry entry) {
        if (entry.address() != null) {
            return entry.address();
        }
        if (simulatedPeers == null) {
            throw new IllegalStateException("parties.yaml gives no address for " + entry.party());
        }
        return URI.create(simulatedPeers.get() + entry.party());
    }

    /**
     * The value of the header {@code Authorization}.
     *
     * @throws IllegalStateException if there is no password
     */
    String authorization(PartyEntry entry) {
        return "Basic " + credentials(entry);
    }

    private String credentials(PartyEntry entry) {
        return Base64.getEncoder()
                .encodeToString((entry.user() + ":" + password(entry)).getBytes(StandardCharsets.UTF_8));
    }

    private String password(PartyEntry entry) {
        return entry.credential().map(Credential::password).orElseGet(() -> {
            if (demoPassword == null) {
                throw new IllegalStateException("parties.yaml gives no passwordFrom for " + entry.party());
            }
            return demoPassword;
        });
    }
}
