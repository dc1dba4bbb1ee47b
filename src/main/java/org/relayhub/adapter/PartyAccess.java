package org.relayhub.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
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
        String from = entry.passwordFrom();
        if (from == null) {
            if (demoPassword == null) {
                throw new IllegalStateException("parties.yaml gives no passwordFrom for " + entry.party());
            }
            return demoPassword;
        }
        if (from.startsWith("env:")) {
            String value = System.getenv(from.substring("env:".length()));
            if (value == null) {
                throw new IllegalStateException("the environment variable of " + entry.party() + " is not set");
            }
            return value;
        }
        try {
            return Files.readString(Path.of(from.substring("file:".length()))).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the password file of " + entry.party() + " cannot be read", e);
        }
    }
}
