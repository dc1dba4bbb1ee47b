package org.relayhub.directory;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
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
 * @param concurrency how many messages may be on their way to it at once, and how many questions beside them
 * @param rateIn how many documents a second it may send; null for any number
 * @param rateOut how many documents a second it is sent; null for any number
 * @param retry what differs for it from the hub's own retry policy
 * @param pretreatment whether dispatches that it sends or gets may have a diagnosis of the hub's added
 * @param enabled whether it takes part
 * @param origins which key of the file says each setting, by the setting's name; what it lacks is the hub's own default
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
        @Nullable Double rateIn,
        @Nullable Double rateOut,
        Retry retry,
        boolean pretreatment,
        boolean enabled,
        Map<String, String> origins) {

    public PartyEntry {
        origins = Map.copyOf(origins);
    }

    /** The transport of parties that a broker stands before. */
    public static final String JMS = "jms";

    /** Whether it is sent documents on a queue, and sends its own on another. */
    public boolean isQueued() {
        return transport.equals(JMS);
    }

    /** By what the hub proves itself to the party; empty if the entry names nothing. */
    public Optional<Credential> credential() {
        return Optional.ofNullable(passwordFrom).map(from -> new Credential(party, from));
    }

    /**
     * What differs from the hub's retry policy, {@code hub.delivery.retry}; null where nothing does.
     *
     * @param first the wait after the first failure
     * @param longest the longest wait between two tries
     * @param multiplier by what the wait grows with each failure
     * @param giveUpAfter how long after its first try a message becomes a dead letter
     */
    public record Retry(
            @Nullable Duration first,
            @Nullable Duration longest,
            @Nullable Double multiplier,
            @Nullable Duration giveUpAfter) {

        static final Retry AS_THE_HUB = new Retry(null, null, null, null);
    }
}
