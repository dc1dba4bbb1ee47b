package org.relayhub.standalone.simulation.line;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;

/** All lines to the hub: a party takes the one of its transport. */
public final class HubLines implements HubLine {

    private final Directory directory;
    private final Map<String, HubLine> lines;

    /** @param lines by the transport that {@code parties.yaml} names */
    public HubLines(Directory directory, Map<String, HubLine> lines) {
        this.directory = directory;
        this.lines = Map.copyOf(lines);
    }

    /** The transports that have a line. */
    public Set<String> transports() {
        return lines.keySet();
    }

    @Override
    public Outcome send(Party party, String document) throws InterruptedException {
        @Nullable
        HubLine line =
                directory.find(party).map(PartyEntry::transport).map(lines::get).orElse(null);
        return line == null
                ? new Outcome(Outcome.Verdict.TRY_AGAIN, "no line leads from the party to the hub")
                : line.send(party, document);
    }
}
