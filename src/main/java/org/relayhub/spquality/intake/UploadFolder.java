package org.relayhub.spquality.intake;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.Sender;

/** One file in a sender's upload folder on the SFTP server, and what surrounds it: {@code <sender>/upload/<name>}. */
final class UploadFolder {

    private static final String UPLOAD = "upload";

    private final GenericFileOperations<SftpRemoteFile> server;
    private final String root;
    private final Sender sender;
    private final String name;
    private final long size;
    private final long modified;

    private UploadFolder(
            GenericFileOperations<SftpRemoteFile> server,
            String root,
            Sender sender,
            String name,
            long size,
            long modified) {
        this.server = server;
        this.root = root;
        this.sender = sender;
        this.name = name;
        this.size = size;
        this.modified = modified;
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
        return new UploadFolder(server, root, senderOf(file), name, file.getFileLength(), file.getLastModified());
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

    /** When it was changed, as the server says: its sender may set that. */
    long modified() {
        return modified;
    }

    /** The file as it is dropped. */
    Drop drop(@Nullable String companion) {
        return new Drop(sender, name, companion, size);
    }

    /** What stands in the companion; empty if there is none, or nothing in it yet, or it cannot be read now. */
    Optional<String> companion(Exchange exchange) throws IOException {
        // Not asked for before: each such question has the server list the whole folder.
        String path = path() + FileName.COMPANION;
        var reading = new DefaultExchange(exchange.getContext());
        var target = new GenericFile<SftpRemoteFile>();
        reading.setProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, target);
        try {
            server.retrieveFile(path, reading, CompanionFile.LONGEST);
            if (target.getBody() instanceof InputStream content) {
                return Optional.of(new String(content.readNBytes(CompanionFile.LONGEST), StandardCharsets.UTF_8))
                        .filter(text -> !text.isEmpty());
            }
            return Optional.empty();
        } catch (GenericFileOperationFailedException e) {
            // There is none, or a folder of this name, say.
            return Optional.empty();
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
        if (!server.buildDirectory(folder, true)) {
            throw new GenericFileOperationFailedException("There is no folder " + folder);
        }
        move(path() + FileName.COMPANION, kept + FileName.COMPANION + number);
        move(path(), kept + number);
    }

    /** Where its receipt goes, seen from the server's base folder. */
    static String receipt(Drop drop, Decision decision) {
        return drop.sender() + "/receipts/" + PrintableFileName.of(drop.name()) + decision.ending();
    }

    /** An accepted file has one receipt: what was said of an earlier try is not true any more. */
    void removeRefusal(Decision decision) {
        if (decision.accepted()) {
            ifThere(() -> server.deleteFile(root + "/receipts/" + name + ".err"));
        }
    }

    /** Moves a file, if it is there, over one that may be at its goal. */
    private void move(String from, String to) {
        ifThere(() -> {
            try {
                server.renameFile(from, to);
            } catch (GenericFileOperationFailedException e) {
                if (isMissing(e) || !server.existsFile(to)) {
                    throw e;
                }
                // A server that does not rename over a file.
                server.deleteFile(to);
                server.renameFile(from, to);
            }
        });
    }

    /**
     * Does what needs a file, or nothing if it is not there. It is not asked for before: a server may cut its listing short
     * where another hub moves a file of the folder meanwhile, and what lies there would be believed to be gone.
     */
    private static void ifThere(Runnable change) {
        try {
            change.run();
        } catch (GenericFileOperationFailedException e) {
            if (!isMissing(e)) {
                throw e;
            }
        }
    }

    private static boolean isMissing(GenericFileOperationFailedException failure) {
        SftpException answer = ObjectHelper.getException(SftpException.class, failure);
        return answer != null && answer.id == ChannelSftp.SSH_FX_NO_SUCH_FILE;
    }

    private String path() {
        return root + "/" + UPLOAD + "/" + name;
    }

    /** Whose root the file lies in. Its name is told by its length: in the path, Camel has made slashes of backslashes. */
    static Sender senderOf(GenericFile<SftpRemoteFile> file) {
        String path = file.getAbsoluteFilePath();
        String[] folders = path.substring(
                        0, path.length() - file.getFileNameOnly().length())
                .split("/");
        return new Sender(folders.length < 2 ? "" : folders[folders.length - 2]);
    }
}
