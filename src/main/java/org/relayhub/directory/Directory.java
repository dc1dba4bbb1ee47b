package org.relayhub.directory;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.relayhub.message.Party;
import org.relayhub.message.codes.CodeTable;
import org.springframework.core.io.Resource;

/**
 * The parties, the links between them, and where phone numbers are at home, as the {@code adapters} and {@code schemas}
 * folders say. Immutable.
 */
public final class Directory {

    private final Map<Party, PartyEntry> entries;
    private final Links links;
    private final NumberSegments segments;

    /**
     * Reads {@code parties.yaml} and the code tables.
     *
     * @param adapters the {@code adapters} folder, its location ending in a slash
     * @param schemas the {@code schemas} folder, its location ending in a slash
     * @throws IllegalArgumentException if a file is broken; the message says where
     */
    public static Directory read(Resource adapters, Resource schemas) throws java.io.IOException {
        CodeTable provinces = CodeTable.read(schemas, "provinces");
        return new Directory(
                PartiesFile.read(
                        adapters.createRelative("parties.yaml"),
                        provinces.rows().stream().map(row -> row.get("code")).toList()),
                new Links(CodeTable.read(schemas, "links")),
                new NumberSegments(CodeTable.read(schemas, "number-segments"), provinces.keys()));
    }

    Directory(Map<Party, PartyEntry> entries, Links links, NumberSegments segments) {
        this.entries = Map.copyOf(entries);
        this.links = links;
        this.segments = segments;
    }

    /** The entry of a party; empty if it is not connected. */
    public Optional<PartyEntry> find(Party party) {
        return Optional.ofNullable(entries.get(party));
    }

    /** Every entry, by party name. */
    public Collection<PartyEntry> parties() {
        return entries.values().stream()
                .sorted(java.util.Comparator.comparing(PartyEntry::party))
                .toList();
    }

    public Links links() {
        return links;
    }

    public NumberSegments segments() {
        return segments;
    }
}
