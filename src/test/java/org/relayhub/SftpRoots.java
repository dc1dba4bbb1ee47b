package org.relayhub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Senders' roots on the disk of an SFTP server. */
public final class SftpRoots {

    private SftpRoots() {}

    /** Makes a sender's root, as its first login would; nothing if it is there. */
    public static Path make(Path roots, String sender) throws IOException {
        Path root = roots.resolve(sender);
        for (String part : new String[] {"upload", "receipts", "done", "refused"}) {
            Files.createDirectories(root.resolve(part));
        }
        return root;
    }
}
