package org.relayhub.directory;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codes.ResponseCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The parties, the links between them, and where phone numbers are at home. What {@code parties.yaml} says is replaced
 * whole when the file changes; an entry that somebody holds stays as it is. Thread-safe.
 */
public final class Directory {

    private static final Logger log = LoggerFactory.getLogger(Directory.class);

    private final Links links;
    private final NumberSegments segments;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<Party, PartyEntry> entries;

    Directory(Map<Party, PartyEntry> entries, Links links, NumberSegments segments) {
        this.entries = Map.copyOf(entries);
        this.links = links;
        this.segments = segments;
    }

    /** The entry of a party; empty if it is not connected. */
    public Optional<PartyEntry> find(Party party) {
        return Optional.ofNullable(entries.get(party));
    }

    /**
     * The entry of a party that is known to be connected.
     *
     * @throws IllegalStateException if it is not, any more
     */
    public PartyEntry get(Party party) {
        return find(party).orElseThrow(() -> new IllegalStateException(party + " is in no entry of parties.yaml"));
    }

    /**
     * The entry of a party that takes part now.
     *
     * @param named how a refusal calls it, beginning with the element that names it
     * @throws RefusalException 0104 if it is not connected, 0119 if it is disabled
     */
    public PartyEntry connected(Party party, String named) {
        PartyEntry entry = find(party)
                .orElseThrow(() -> new RefusalException(ResponseCodes.NO_ROUTE, named + " is not connected"));
        if (!entry.enabled()) {
            throw new RefusalException(ResponseCodes.HOME_DISABLED, named + " is disabled");
        }
        return entry;
    }

    /** Every entry, by party name. */
    public Collection<PartyEntry> parties() {
        return entries.values().stream()
                .sorted(Comparator.comparing(PartyEntry::party))
                .toList();
    }

    public Links links() {
        return links;
    }

    public NumberSegments segments() {
        return segments;
    }

    /** Has somebody told when the parties have been replaced. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    void replace(Map<Party, PartyEntry> changed) {
        entries = Map.copyOf(changed);
        for (Runnable listener : listeners) {
            try {
                listener.run();
            } catch (RuntimeException e) {
                // One that fails must not keep the others from hearing of it.
                log.error("The change of the parties was not followed everywhere", e);
            }
        }
    }
}
