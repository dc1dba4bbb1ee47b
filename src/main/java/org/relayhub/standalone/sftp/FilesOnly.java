package org.relayhub.standalone.sftp;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.common.SftpHelper;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.SftpErrorStatusDataHandler;
import org.apache.sshd.sftp.server.SftpSubsystem;
import org.apache.sshd.sftp.server.SftpSubsystemEnvironment;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** SFTP as the server speaks it: with the few extensions that clients need, and with errors that say no path of the machine. */
final class FilesOnly extends SftpSubsystemFactory {

    /** A file is on disk when the client has been told so; a new one takes the place of an old one in one step. */
    static final Set<String> EXTENSIONS = Set.of("fsync@openssh.com", "posix-rename@openssh.com", "limits@openssh.com");

    FilesOnly(Rights rights) {
        setFileSystemAccessor(rights);
        addSftpEventListener(rights);
        setErrorStatusDataHandler(new SftpErrorStatusDataHandler() {
            @Override
            public String resolveErrorMessage(
                    SftpSubsystemEnvironment subsystem, int id, Throwable e, int subStatus, int cmd, Object... args) {
                String said = e instanceof SftpException ? e.getMessage() : null;
                return said == null ? SftpHelper.resolveStatusMessage(subStatus) : said;
            }
        });
    }

    @Override
    public Command createSubsystem(ChannelSession channel) throws IOException {
        var requests = new Requests(channel);
        getRegisteredListeners().forEach(requests::addSftpEventListener);
        return requests;
    }

    /** One client's. It logs under its own name, not the library's; a level of its own keeps it from repeating strangers. */
    private final class Requests extends SftpSubsystem {

        Requests(ChannelSession channel) {
            super(channel, FilesOnly.this);
        }

        @Override
        protected void executeExtendedCommand(Buffer buffer, int id, String extension) throws IOException {
            if (EXTENSIONS.contains(extension)) {
                super.executeExtendedCommand(buffer, id, extension);
            } else {
                doUnsupportedExtension(buffer, id, extension);
            }
        }

        /** A file that was moved away since the folder was opened must not end the list of the others. */
        @Override
        protected void writeDirEntry(
                int id,
                DirectoryHandle folder,
                Map<String, Path> entries,
                Buffer buffer,
                int index,
                Path file,
                String name,
                LinkOption... options)
                throws IOException {
            try {
                super.writeDirEntry(id, folder, entries, buffer, index, file, name, options);
            } catch (NoSuchFileException e) {
                // It is counted already: the folder stands in its place once more, which no client heeds.
                super.writeDirEntry(id, folder, entries, buffer, index, folder.getFile(), ".", options);
            }
        }
    }
}
