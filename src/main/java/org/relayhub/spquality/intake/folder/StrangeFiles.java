package org.relayhub.spquality.intake.folder;

import com.jcraft.jsch.ChannelSftp;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.intake.Drop;
import org.relayhub.spquality.intake.FileIntake;
import org.relayhub.spquality.intake.PrintableFileName;

/**
 * Finds what lies in an upload folder and must not be touched: links, and files whose names would mean something to a
 * server, a pattern or an expression. Each is refused once, and left where it lies.
 */
public final class StrangeFiles implements GenericFileFilter<SftpRemoteFile> {

    private final FileIntake intake;
    private final Clock clock;

    StrangeFiles(FileIntake intake, Clock clock) {
        this.intake = intake;
        this.clock = clock;
    }

    @Override
    public boolean accept(GenericFile<SftpRemoteFile> file) {
        return file.isDirectory() || (isStrange(file) && !intake.isKnown(drop(file, clock.instant())));
    }

    /** Folders, and files that are as they should be; a companion is looked at with its file. */
    static boolean isPlain(GenericFile<SftpRemoteFile> file) {
        return file.isDirectory() || (!file.getFileNameOnly().endsWith(FileName.COMPANION) && !isStrange(file));
    }

    static Drop drop(GenericFile<SftpRemoteFile> file, Instant seenAt) {
        return new Drop(UploadFolder.senderOf(file), file.getFileNameOnly(), null, file.getFileLength(), seenAt);
    }

    private static boolean isStrange(GenericFile<SftpRemoteFile> file) {
        String name = file.getFileNameOnly();
        return !name.endsWith(FileName.COMPANION) && (!PrintableFileName.isSafe(name) || !isRegular(file));
    }

    private static boolean isRegular(GenericFile<SftpRemoteFile> file) {
        return !(file.getFile().getRemoteFile() instanceof ChannelSftp.LsEntry entry)
                || entry.getAttrs().isReg();
    }
}
