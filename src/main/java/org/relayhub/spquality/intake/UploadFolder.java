package org.relayhub.spquality.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.Sender;

/** One file in a sender's upload folder on the SFTP server, and what surrounds it: {@code <sender>/upload/<name>}. */
final class UploadFolder {

    private static final String UPLOAD = "upload";
    private static final Pattern SENDER = Pattern.compile("(?:^|/)([A-Z]{2,4}-[0-9]{3,6})/" + UPLOAD + "/");

    private final GenericFileOperations<SftpRemoteFile> server;
    private final String root;
    private final Sender sender;
    private final String name;
    private final long size;

    private UploadFolder(
            GenericFileOperations<SftpRemoteFile> server, String root, Sender sender, String name, long size) {
        this.server = server;
        this.root = root;
        this.sender = sender;
        this.name = name;
        this.size = size;
    }

    /** @throws IllegalArgumentException if the file lies nowhere where files are dropped */
    static UploadFolder of(GenericFileOperations<SftpRemoteFile> server, GenericFile<SftpRemoteFile> file) {
        String path = file.getAbsoluteFilePath();
        String name = file.getFileNameOnly();
        String inRoot = "/" + UPLOAD + "/" + name;
        if (!path.endsWith(inRoot)) {
            throw new IllegalArgumentException("not in an upload folder");
        }
        String root = path.substring(0, path.length() - inRoot.length());
        Sender sender = new Sender(root.substring(root.lastIndexOf('/') + 1));
        return new UploadFolder(server, root, sender, name, file.getFileLength());
    }

    /** The same for all hubs. */
    String key() {
        return sender + "/" + name;
    }

    long size() {
        return size;
    }

    boolean isThere() {
        return server.existsFile(path());
    }

    boolean hasCompanion() {
        return server.existsFile(path() + FileName.COMPANION);
    }

    /** The file as it is dropped. */
    Drop drop(@Nullable String companion) {
        return new Drop(sender, name, companion, size);
    }

    /** What stands in the companion; empty text if it cannot be read as one. */
    String companion(Exchange exchange) throws IOException {
        String path = path() + FileName.COMPANION;
        var reading = new DefaultExchange(exchange.getContext());
        var target = new GenericFile<SftpRemoteFile>();
        reading.setProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, target);
        try {
            server.retrieveFile(path, reading, CompanionFile.LONGEST);
            if (target.getBody() instanceof InputStream content) {
                return new String(content.readNBytes(CompanionFile.LONGEST), StandardCharsets.UTF_8);
            }
            return "";
        } catch (GenericFileOperationFailedException e) {
            // A folder of this name, say.
            return "";
        } finally {
            server.releaseRetrievedFileResources(reading);
        }
    }

    /**
     * Moves the file and its companion to where they are kept. The companion goes first: a file without one is not looked
     * at, but one that comes anew must not find the companion of an old one.
     */
    void moveAway(Decision decision) {
        String folder = root + "/" + (decision.accepted() ? "done" : "refused");
        // Of one name one file is accepted, but any number may be refused.
        String kept = folder + "/" + name;
        String number = decision.accepted() ? "" : "." + decision.fileId();
        server.buildDirectory(folder, true);
        if (hasCompanion()) {
            move(path() + FileName.COMPANION, kept + FileName.COMPANION + number);
        }
        if (isThere()) {
            move(path(), kept + number);
        }
    }

    /** Where its receipt goes, seen from the server's base folder. */
    static String receipt(Drop drop, Decision decision) {
        return drop.sender() + "/receipts/" + PrintableFileName.of(drop.name()) + decision.ending();
    }

    /** An accepted file has one receipt: what was said of an earlier try is not true any more. */
    void removeRefusal(Decision decision) {
        String refusal = root + "/receipts/" + name + ".err";
        if (decision.accepted() && server.existsFile(refusal)) {
            server.deleteFile(refusal);
        }
    }

    private void move(String from, String to) {
        if (server.existsFile(to)) {
            server.deleteFile(to);
        }
        server.renameFile(from, to);
    }

    private String path() {
        return root + "/" + UPLOAD + "/" + name;
    }

    /** The sender of a file in its upload folder; Camel gives a name with a backslash as a path with one folder more. */
    static Optional<String> senderOf(String path) {
        var matcher = SENDER.matcher(path);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
