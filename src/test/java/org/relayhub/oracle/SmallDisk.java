package org.relayhub.oracle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.relayhub.Programs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A disk that can be filled, in memory. To mount one takes root. */
final class SmallDisk implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SmallDisk.class);
    private static final int BLOCK = 1 << 16;

    private final Path folder;
    private final Path ballast;
    private final boolean mounted;

    private SmallDisk(Path folder, boolean mounted) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
        this.mounted = mounted;
    }

    /** Mounts one, or leaves the folder as it is where that may not be done. */
    static SmallDisk at(Path folder, int megabytes) throws IOException {
        Files.createDirectories(folder);
        return new SmallDisk(folder, mount(folder, megabytes));
    }

    private static boolean mount(Path folder, int megabytes) {
        try {
            Programs.run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", folder.toString());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception | AssertionError e) {
            log.info("No small disk can be mounted at {}: {}", folder, e.getMessage());
            return false;
        }
    }

    /** Skips a test, and says so, where there is none. */
    void require() {
        Assumptions.assumeTrue(mounted, "no small disk can be mounted here");
    }

    /** Writes until nothing goes on it. */
    void fill() throws IOException {
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (Files.getFileStore(folder).getUsableSpace() > 0) {
                out.write(block, 0, (int)
                        Math.min(BLOCK, Math.max(1, Files.getFileStore(folder).getUsableSpace())));
            }
        } catch (IOException e) {
            // Whoever else writes here takes the last of it: it is full.
            log.debug("The disk at {} is full", folder, e);
        }
    }

    void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    @Override
    public void close() throws IOException {
        if (mounted) {
            try {
                // Whatever still has a file open there keeps it until it ends.
                Programs.run("umount", "--lazy", folder.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (Exception e) {
                throw new IOException("the disk at " + folder + " stays mounted", e);
            }
        }
    }
}
