package org.relayhub.directory;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.codec.WireForm;

/**
 * How one party is connected: its entry of {@code parties.yaml}.
 *
 * @param transport the adapter pair that connects it, as in {@code soap}
 * @param form how it wants a document's body
 * @param address where the hub calls it; null where nothing says
 * @param user the name by which the hub proves itself to it
 * @param passwordFrom where the hub's password for it is: {@code env:NAME} or {@code file:PATH}; null for none
 * @param timeout how long one call may take
 * @param concurrency how many calls may be under way to it at once
 * @param enabled whether it takes part
 */
public record PartyEntry(
        Party party,
        String transport,
        WireForm form,
        @Nullable URI address,
        String user,
        @Nullable String passwordFrom,
        Duration timeout,
        int concurrency,
        boolean enabled) {

    /** By what the hub proves itself to the party; empty if the entry names nothing. */
    public Optional<Credential> credential() {
        return Optional.ofNullable(passwordFrom).map(from -> new Credential(party, from));
    }
}
