package org.relayhub.spquality.intake.folder;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.util.ObjectHelper;
import org.jspecify.annotations.Nullable;
import org.relayhub.adapter.sftp.SftpFiles;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.Sender;
import org.relayhub.spquality.intake.Decision;
import org.relayhub.spquality.intake.Drop;
import org.relayhub.spquality.intake.PrintableFileName;

/** One file in a sender's upload folder on the SFTP server, and what surrounds it: {@code <sender>/upload/<name>}. */
final class UploadFolder {

    private static final String UPLOAD = "upload";

    private final SftpFiles server;
    private final String root;
    private final Sender sender;
    private final String name;
    private final long size;
    private final long modified;

    private UploadFolder(SftpFiles server, String root, Sender sender, String name, long size, long modified) {
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
        return new UploadFolder(
                (SftpFiles) server, root, senderOf(file), name, file.getFileLength(), file.getLastModified());
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

    Sender sender() {
        return sender;
    }

    /**
     * The file as it is dropped.
     *
     * @param seenAt when it was found there
     */
    Drop drop(@Nullable String companion, Instant seenAt) {
        return new Drop(sender, name, companion, size, seenAt);
    }

    /** What stands in the companion; empty if there is none, or nothing in it yet, or it cannot be read now. */
    Optional<String> companion(CamelContext camel) throws IOException {
        return read(companionPath(), camel);
    }

    /** Not asked for before: it is read if it is there. */
    private Optional<String> read(String path, CamelContext camel) throws IOException {
        var reading = new DefaultExchange(camel);
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
     *
     * @param drop of which it was decided
     * @return false if its sender has replaced the file since it was seen: it lies in the upload folder again then
     */
    boolean moveAway(Decision decision, Drop drop, CamelContext camel) throws IOException {
        String folder = root + "/" + (decision.outcome() == Decision.Outcome.REFUSED ? "refused" : "done");
        if (!server.buildDirectory(folder, true)) {
            throw new GenericFileOperationFailedException("There is no folder " + folder);
        }
        String kept = folder + "/" + decision.keptName();
        String keptCompanion =
                folder + "/" + name + FileName.COMPANION + decision.keptName().substring(name.length());
        move(companionPath(), keptCompanion);
        move(path(), kept);
        // Asked of the file that was moved: whoever asks before has not seen what comes in between.
        if (server.find(kept).filter(moved -> !isTheSame(moved)).isEmpty()) {
            return true;
        }
        boolean own = read(keptCompanion, camel).equals(Optional.ofNullable(drop.companion()));
        if (!own) {
            moveBack(keptCompanion, companionPath());
        }
        moveBack(kept, path());
        return false;
    }

    private boolean isTheSame(SftpATTRS moved) {
        return moved.getSize() == size && moved.getMTime() * 1000L == modified;
    }

    /** What came in its place since is newer, and has replaced it. */
    private void moveBack(String from, String to) {
        if (server.find(to).isPresent()) {
            ifThere(() -> server.deleteFile(from));
        } else {
            move(from, to);
        }
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

    private String companionPath() {
        return path() + FileName.COMPANION;
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
