package org.relayhub.standalone.sftp;

import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.security.Principal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.file.root.RootedFileSystem;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpEventListener;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/**
 * What each visitor may do with which file: all that the server does to files goes through here. Paths are those that the
 * visitor sees, from its root on. Links are not followed, wherever they come from, and nobody makes one.
 */
final class Rights implements SftpFileSystemAccessor, SftpEventListener {

    /** Of a handle: which file was opened. */
    private static final AttributeRepository.AttributeKey<Object> OPENED = new AttributeRepository.AttributeKey<>();

    private final Visitors visitors;
    private final long longest;

    /** @param longest how many bytes a partner's file may have */
    Rights(Visitors visitors, long longest) {
        this.visitors = visitors;
        this.longest = longest;
    }

    private Visitor visitor(ServerSession session) throws SftpException {
        // Looked up each time: who is taken out of the directory may do nothing more.
        return visitors.find(session.getUsername()).orElseThrow(() -> refused("You are not connected any more."));
    }

    private static SftpException refused(String sentence) {
        return new SftpException(SftpConstants.SSH_FX_PERMISSION_DENIED, sentence);
    }

    private void toRead(SftpSubsystemProxy subsystem, Path file) throws IOException {
        if (!visitor(subsystem.getSession()).mayRead(file)) {
            throw refused("There is nothing here for you to read.");
        }
        noLink(file);
    }

    private void toWrite(SftpSubsystemProxy subsystem, Path file) throws IOException {
        Visitor visitor = visitor(subsystem.getSession());
        if (!visitor.mayWrite(file)) {
            throw refused("You may write only directly in " + String.join(", ", visitor.writable())
                    + ", files whose names are 1 to 120 of the characters A-Z a-z 0-9 . _ -");
        }
        noLink(file);
    }

    /** Somebody on the machine may have put one there. */
    private static void noLink(Path file) throws IOException {
        Path step = ((RootedFileSystem) file.getFileSystem()).getRoot();
        for (Path name : file) {
            step = step.resolve(name.toString());
            if (Files.isSymbolicLink(step)) {
                throw refused("Links are not followed.");
            }
        }
    }

    @Override
    public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path rootDir, String remotePath) throws IOException {
        try {
            // Above the root is the root, as for who lives in a chroot.
            Path path = rootDir.getFileSystem().getPath("/", remotePath).normalize();
            noLink(path);
            return path;
        } catch (InvalidPathException e) {
            throw new SftpException(SftpConstants.SSH_FX_NO_SUCH_FILE, "No file has such a name.");
        }
    }

    @Override
    public SeekableByteChannel openFile(
            SftpSubsystemProxy subsystem,
            FileHandle fileHandle,
            Path file,
            String handle,
            Set<? extends OpenOption> options,
            FileAttribute<?>... attrs)
            throws IOException {
        if (options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND)) {
            toWrite(subsystem, file);
        } else {
            toRead(subsystem, file);
        }
        Set<OpenOption> noFollow = new HashSet<>(options);
        noFollow.add(LinkOption.NOFOLLOW_LINKS);
        // Without the permissions that the client asks for: the hub must be able to read what it is sent.
        FileChannel opened = FileChannel.open(file, noFollow);
        identity(file).ifPresent(key -> fileHandle.setAttribute(OPENED, key));
        return opened;
    }

    /** What tells a file from any other, whatever its name; empty if there is none of that name. */
    private static Optional<Object> identity(Path file) throws IOException {
        try {
            return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void writing(
            ServerSession session,
            String remoteHandle,
            FileHandle localHandle,
            long offset,
            byte[] data,
            int dataOffset,
            int dataLen)
            throws IOException {
        boolean unbound = visitor(session).unbound();
        if (!identity(localHandle.getFile()).equals(Optional.ofNullable(localHandle.getAttribute(OPENED)))) {
            throw refused(
                    "The file that you opened lies elsewhere now: the hub has taken it, or somebody has replaced it.");
        }
        long size = localHandle.getFileChannel().size();
        long end = (localHandle.isOpenAppend() ? size : offset) + dataLen;
        if (offset < 0 || end < 0 || (end > longest && !unbound)) {
            throw new SftpException(
                    SftpConstants.SSH_FX_QUOTA_EXCEEDED, "A file may have no more than " + longest + " bytes.");
        }
        // A hole costs its sender nothing, and whoever reads the file as much as bytes.
        if (!localHandle.isOpenAppend() && offset > size && !unbound) {
            throw new SftpException(
                    SftpConstants.SSH_FX_FAILURE, "A file is written from its beginning, without a hole.");
        }
    }

    /** Whoever may not come in any more does not go on with what is open. */
    @Override
    public void reading(
            ServerSession session,
            String remoteHandle,
            FileHandle localHandle,
            long offset,
            byte[] data,
            int dataOffset,
            int dataLen)
            throws IOException {
        visitor(session);
    }

    @Override
    public FileLock tryLock(
            SftpSubsystemProxy subsystem,
            FileHandle fileHandle,
            Path file,
            String handle,
            Channel channel,
            long position,
            long size,
            boolean shared)
            throws IOException {
        throw new SftpException(SftpConstants.SSH_FX_OP_UNSUPPORTED, "Files are not locked here.");
    }

    @Override
    public DirectoryStream<Path> openDirectory(
            SftpSubsystemProxy subsystem, DirectoryHandle dirHandle, Path dir, String handle, LinkOption... linkOptions)
            throws IOException {
        toRead(subsystem, dir);
        return Files.newDirectoryStream(dir);
    }

    @Override
    public Map<String, ?> readFileAttributes(
            SftpSubsystemProxy subsystem, Path file, String view, LinkOption... options) throws IOException {
        visitor(subsystem.getSession());
        return Files.readAttributes(file, view, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void setFileAttribute(
            SftpSubsystemProxy subsystem, Path file, String view, String attribute, Object value, LinkOption... options)
            throws IOException {
        toWrite(subsystem, file);
        // Clients that keep a file's time do so; owners and the like stay as they are, and nobody is told.
        if (view.equals("basic")) {
            Files.setAttribute(file, view + ":" + attribute, value, LinkOption.NOFOLLOW_LINKS);
        }
    }

    @Override
    public void setFilePermissions(
            SftpSubsystemProxy subsystem, Path file, Set<PosixFilePermission> perms, LinkOption... options)
            throws IOException {
        toWrite(subsystem, file);
    }

    @Override
    public void setFileAccessControl(SftpSubsystemProxy subsystem, Path file, List<AclEntry> acl, LinkOption... options)
            throws IOException {
        toWrite(subsystem, file);
    }

    @Override
    public void setFileOwner(SftpSubsystemProxy subsystem, Path file, Principal value, LinkOption... options)
            throws IOException {
        toWrite(subsystem, file);
    }

    @Override
    public void setGroupOwner(SftpSubsystemProxy subsystem, Path file, Principal value, LinkOption... options)
            throws IOException {
        toWrite(subsystem, file);
    }

    @Override
    public void createDirectory(SftpSubsystemProxy subsystem, Path path) throws IOException {
        if (!visitor(subsystem.getSession()).unbound()) {
            throw refused("Folders are not made here.");
        }
        Files.createDirectory(path);
    }

    @Override
    public void createLink(SftpSubsystemProxy subsystem, Path link, Path existing, boolean symLink) throws IOException {
        throw refused("Links are not made here.");
    }

    @Override
    public String resolveLinkTarget(SftpSubsystemProxy subsystem, Path link) throws IOException {
        throw refused("Links are not followed.");
    }

    @Override
    public void renameFile(SftpSubsystemProxy subsystem, Path oldPath, Path newPath, Collection<CopyOption> opts)
            throws IOException {
        toWrite(subsystem, oldPath);
        toWrite(subsystem, newPath);
        if (Files.isDirectory(newPath, LinkOption.NOFOLLOW_LINKS)) {
            throw new SftpException(SftpConstants.SSH_FX_FILE_ALREADY_EXISTS, "A folder has that name.");
        }
        Files.move(oldPath, newPath, opts.toArray(CopyOption[]::new));
    }

    @Override
    public void copyFile(SftpSubsystemProxy subsystem, Path src, Path dst, Collection<CopyOption> opts)
            throws IOException {
        throw new SftpException(SftpConstants.SSH_FX_OP_UNSUPPORTED, "Files are not copied here.");
    }

    @Override
    public void removeFile(SftpSubsystemProxy subsystem, Path path, boolean isDirectory) throws IOException {
        toWrite(subsystem, path);
        Files.delete(path);
    }
}
