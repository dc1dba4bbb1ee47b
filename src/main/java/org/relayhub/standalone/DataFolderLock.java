package org.relayhub.standalone;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second hub off a data folder. The operating system lets go of it when the process ends, however it ends.
 *
 * <p>The file names the process that holds it. What is locked is one byte far behind that text, because some systems do
 * not let others read what is locked.
 */
final class DataFolderLock implements AutoCloseable {

    private static final String FILE = "hub.lock";
    private static final long LOCKED_BYTE = 1L << 30;

    private final FileChannel channel;

    private DataFolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder, and makes it if it is not there.
     *
     * @throws DataFolderInUseException if another hub has it
     * @throws IOException if the folder cannot be made or written to
     */
    static DataFolderLock take(Path dataFolder) throws IOException {
        Files.createDirectories(dataFolder);
        Path file = dataFolder.resolve(FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (lock(channel) == null) {
                throw new DataFolderInUseException(dataFolder, Files.readString(file));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataFolderLock(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            // Another hub of this very process holds it.
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
