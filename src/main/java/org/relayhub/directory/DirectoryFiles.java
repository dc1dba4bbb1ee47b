package org.relayhub.directory;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.relayhub.directory.watch.FilesWatch;
import org.relayhub.message.Party;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;
import org.springframework.core.io.Resource;

/** Where the directory is read from: {@code parties.yaml} of the adapters folder, and code tables of the schemas folder. */
public final class DirectoryFiles {

    /** The adapter pair that carries files, and no documents. */
    private static final String FILES = "sftp";

    private final Resource adapters;
    private final Resource schemas;
    private final CodeTable provinces;
    private final PartiesFile parties;

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
        Predicate<String> kamelets = name ->
                !name.equals(FILES) && file(name + "-outbound.kamelet.yaml").exists();
        this.parties = new PartiesFile(
                provinces.rows().stream().map(row -> row.get("code")).toList(), kamelets, broker, longestTimeout);
    }

    /**
     * Reads everything.
     *
     * @throws BrokenFileException if a file is broken
     */
    public Directory read() {
        return follow(new FilesWatch(Duration.ZERO), entries -> {});
    }

    /**
     * Reads everything, and has the parties replaced whenever parties.yaml has changed.
     *
     * @param check throws whatever there is against the entries of a changed file, in a sentence
     * @throws BrokenFileException if a file is broken
     */
    public Directory follow(FilesWatch watch, Consumer<Collection<PartyEntry>> check) {
        return watch.follow(file("parties.yaml"), this::directory, (directory, content) -> {
            Map<Party, PartyEntry> entries = parties(content);
            check.accept(entries.values());
            directory.replace(entries);
            return entries.size() + " parties";
        });
    }

    private Directory directory(byte[] content) {
        return new Directory(
                parties(content),
                new Links(CodeTable.read(schemas, "links")),
                new NumberSegments(CodeTable.read(schemas, "number-segments"), provinces.keys()));
    }

    Map<Party, PartyEntry> parties(byte[] content) {
        return parties.read(content);
    }

    private Resource file(String name) {
        try {
            return adapters.createRelative(name);
        } catch (IOException e) {
            throw new BrokenFileException("the adapters folder has no place for " + name, e);
        }
    }
}
