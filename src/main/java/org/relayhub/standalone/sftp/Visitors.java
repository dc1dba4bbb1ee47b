package org.relayhub.standalone.sftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;

/** Whose users may come, and their roots: provinces and SP partners drop files, tier-1 SIMS takes the hub's. */
final class Visitors {

    private static final Party TAKER = new Party("SIMS", "000");
    private static final Pattern SP_PARTNER = Pattern.compile("sp-(9[0-9]{5})");

    private final Path folder;
    private final Directory directory;

    /** @param folder where the roots are */
    Visitors(Path folder, Directory directory) {
        this.folder = folder;
        this.directory = directory;
    }

    /** Whose user it is, as the directory is now; empty if it may not come. */
    Optional<Visitor> find(@Nullable String user) {
        if (Party.HUB.user().equals(user)) {
            return Optional.of(Visitor.HUB);
        }
        if (user != null && isSpPartner(user)) {
            return Optional.of(Visitor.sender("SP-" + user.substring(3)));
        }
        return Party.ofUser(user)
                .flatMap(directory::find)
                .filter(PartyEntry::enabled)
                .flatMap(entry -> of(entry.party()));
    }

    /** Whether it has the form of an SP partner's user. */
    static boolean isSpPartner(String user) {
        return SP_PARTNER.matcher(user).matches();
    }

    private static Optional<Visitor> of(Party party) {
        if (party.equals(TAKER)) {
            return Optional.of(Visitor.taker(party.toString()));
        }
        boolean sender = (party.domain().equals("CRM") || party.domain().equals("SIMS"))
                && !party.node().equals("000");
        return sender ? Optional.of(Visitor.sender(party.toString())) : Optional.empty();
    }

    /**
     * Makes the folder of the roots, and the taker's root, where the hub leaves files whether it comes or not. The others'
     * are made when they first log in: the hub looks into every root that is there.
     */
    void makeFolders() throws IOException {
        Files.createDirectories(folder);
        makeRoot(Visitor.taker(TAKER.toString()));
    }

    /** The root of one, with its folders; made if it is not there. */
    Path makeRoot(Visitor visitor) {
        Path root = folder.resolve(visitor.root());
        try {
            for (String name : visitor.folders()) {
                Files.createDirectories(root.resolve(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return root;
    }
}
