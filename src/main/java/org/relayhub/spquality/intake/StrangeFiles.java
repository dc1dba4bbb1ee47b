package org.relayhub.spquality.intake;

import com.jcraft.jsch.ChannelSftp;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.relayhub.spquality.file.FileName;

/**
 * Finds what lies in an upload folder and must not be touched: links, and files whose names would mean something to a
 * server, a pattern or an expression. Each is refused once, and left where it lies.
 */
public final class StrangeFiles implements GenericFileFilter<SftpRemoteFile> {

    private final FileIntake intake;

    StrangeFiles(FileIntake intake) {
        this.intake = intake;
    }

    @Override
    public boolean accept(GenericFile<SftpRemoteFile> file) {
        return file.isDirectory() || (isStrange(file) && !intake.isKnown(drop(file)));
    }

    /** Folders, and files that are as they should be; a companion is looked at with its file. */
    static boolean isPlain(GenericFile<SftpRemoteFile> file) {
        return file.isDirectory() || (!file.getFileNameOnly().endsWith(FileName.COMPANION) && !isStrange(file));
    }

    static Drop drop(GenericFile<SftpRemoteFile> file) {
        return new Drop(UploadFolder.senderOf(file), file.getFileNameOnly(), null, file.getFileLength());
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
