package org.relayhub.spquality.intake.folder;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.relayhub.spquality.intake.FileIntake;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds files on the SFTP server that were kept long enough: what was decided of them was decided long ago, too. */
public final class ExpiredFiles implements GenericFileFilter<SftpRemoteFile> {

    private static final Logger LOG = LoggerFactory.getLogger(ExpiredFiles.class);

    private final FileIntake intake;
    private final UnaryOperator<Instant> oldest;
    private final Clock clock;
    private final AtomicLong deleted = new AtomicLong();

    /** @param oldest what is older is not kept, at an instant */
    ExpiredFiles(FileIntake intake, UnaryOperator<Instant> oldest, Clock clock) {
        this.intake = intake;
        this.oldest = oldest;
        this.clock = clock;
    }

    @Override
    public boolean accept(GenericFile<SftpRemoteFile> file) {
        if (file.isDirectory()) {
            return true;
        }
        Instant now = clock.instant();
        Instant from = oldest.apply(now);
        // The server's time of a file is its sender's to set, so what the hub knows of it must agree.
        return Instant.ofEpochMilli(file.getLastModified()).isBefore(from)
                && !intake.isDecidedSince(StrangeFiles.drop(file, now), from);
    }

    /** Another one is deleted. */
    public void count() {
        LOG.info("A file that was kept long enough is deleted; {} since the start", deleted.incrementAndGet());
    }
}
