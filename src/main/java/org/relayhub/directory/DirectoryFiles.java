package org.relayhub.directory;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.relayhub.message.Party;
import org.relayhub.message.codes.CodeTable;
import org.springframework.core.io.Resource;

/** Where the directory is read from: {@code parties.yaml} of the adapters folder, and code tables of the schemas folder. */
public final class DirectoryFiles {

    private final Resource adapters;
    private final Resource schemas;
    private final CodeTable provinces;
    private final PartiesFile parties;
    private byte[] readFirst = {};

    /**
     * @param adapters the {@code adapters} folder, its location ending in a slash
     * @param schemas the {@code schemas} folder, its location ending in a slash
     * @param broker whether there is a broker for JMS parties
     * @param longestTimeout what a party's timeout must be shorter than
     */
    public DirectoryFiles(Resource adapters, Resource schemas, boolean broker, Duration longestTimeout) {
        this.adapters = adapters;
        this.schemas = schemas;
        this.provinces = CodeTable.read(schemas, "provinces");
        Predicate<String> kamelets =
                name -> file(name + "-outbound.kamelet.yaml").exists();
        this.parties = new PartiesFile(
                provinces.rows().stream().map(row -> row.get("code")).toList(), kamelets, broker, longestTimeout);
    }

    /**
     * Reads everything.
     *
     * @throws DirectoryException if a file is broken
     */
    public Directory read() {
        readFirst = readParties();
        return new Directory(
                parties(readFirst),
                new Links(CodeTable.read(schemas, "links")),
                new NumberSegments(CodeTable.read(schemas, "number-segments"), provinces.keys()));
    }

    Map<Party, PartyEntry> parties(byte[] content) {
        return parties.read(content);
    }

    /** The content of parties.yaml that {@link #read} has read. */
    byte[] readFirst() {
        return readFirst;
    }

    byte[] readParties() {
        try (InputStream stream = file("parties.yaml").getInputStream()) {
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new DirectoryException("parties.yaml cannot be read: " + e.getMessage(), e);
        }
    }

    private Resource file(String name) {
        try {
            return adapters.createRelative(name);
        } catch (IOException e) {
            throw new DirectoryException("the adapters folder has no place for " + name, e);
        }
    }
}
