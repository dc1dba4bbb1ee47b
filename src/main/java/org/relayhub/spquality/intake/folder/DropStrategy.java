package org.relayhub.spquality.intake.folder;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOperations;
import org.apache.camel.component.file.GenericFileProcessStrategy;
import org.apache.camel.component.file.remote.SftpRemoteFile;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.intake.Decision;
import org.relayhub.spquality.intake.Drop;
import org.relayhub.spquality.intake.FileIntake;
import org.relayhub.spquality.intake.PrintableFileName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When a file that lies in an upload folder is taken, and where it goes then: taken by one hub, when its companion is
 * there; moved away when it is decided and its receipt is written. A hub that dies in between leaves the file where it is,
 * and the next one that takes it finds what was decided.
 */
public final class DropStrategy implements GenericFileProcessStrategy<SftpRemoteFile> {

    /** Properties of an exchange. */
    static final String DROP = "drop";

    static final String DECISION = "decision";
    private static final String CLAIM = "claim";

    private static final Logger LOG = LoggerFactory.getLogger(DropStrategy.class);

    private final FileClaims claims;
    private final FileIntake intake;
    private final Unaccompanied unaccompanied;
    private final Turns turns = new Turns();
    private final Clock clock;

    DropStrategy(FileClaims claims, FileIntake intake, Unaccompanied unaccompanied, Clock clock) {
        this.claims = claims;
        this.intake = intake;
        this.unaccompanied = unaccompanied;
        this.clock = clock;
    }

    @Override
    public void prepareOnStartup(
            GenericFileOperations<SftpRemoteFile> server, GenericFileEndpoint<SftpRemoteFile> endpoint) {
        // Nothing is left behind that would have to be cleared away.
    }

    @Override
    public boolean begin(
            GenericFileOperations<SftpRemoteFile> server,
            GenericFileEndpoint<SftpRemoteFile> endpoint,
            Exchange exchange,
            GenericFile<SftpRemoteFile> file)
            throws Exception {
        turns.come(exchange.getProperty(ExchangePropertyKey.BATCH_INDEX, 0, Integer.class));
        UploadFolder upload = UploadFolder.of(server, file);
        Optional<FileClaims.Claim> claim = claim(upload);
        if (claim.isEmpty()) {
            return false;
        }
        boolean begun = false;
        try {
            begun = begin(upload, exchange);
        } finally {
            if (begun) {
                exchange.setProperty(CLAIM, claim.get());
            } else {
                claim.get().close();
            }
        }
        return begun;
    }

    private Optional<FileClaims.Claim> claim(UploadFolder upload) {
        try {
            return claims.claim(upload.key());
        } catch (SQLException e) {
            LOG.warn("A dropped file waits: the database does not answer");
            return Optional.empty();
        }
    }

    private boolean begin(UploadFolder upload, Exchange exchange) throws IOException {
        // The exchange was made when the folder was listed: who waits for others' files is not late for that.
        Instant seenAt = clock.instant().minusMillis(exchange.getClock().elapsed());
        // A companion that is there says that its file is, too: it is moved first.
        Optional<String> companion = upload.companion(exchange.getContext());
        Drop drop = upload.drop(companion.orElse(null), seenAt);
        if (companion.isEmpty() && !isTakenWithout(upload, drop)) {
            return false;
        }
        if (!turns.take(upload.sender())) {
            return false;
        }
        unaccompanied.forget(upload.key());
        exchange.setProperty(DROP, drop);
        return true;
    }

    private boolean isTakenWithout(UploadFolder upload, Drop drop) {
        if (intake.isDecided(drop)) {
            // A hub has died while it was moving it, and has moved the companion.
            return true;
        }
        if (!unaccompanied.isForlorn(upload.key(), upload.size(), upload.modified())) {
            return false;
        }
        if (!upload.isThere()) {
            // Another hub has moved it away meanwhile.
            unaccompanied.forget(upload.key());
            return false;
        }
        return true;
    }

    @Override
    public void abort(
            GenericFileOperations<SftpRemoteFile> server,
            GenericFileEndpoint<SftpRemoteFile> endpoint,
            Exchange exchange,
            GenericFile<SftpRemoteFile> file) {
        release(exchange);
    }

    @Override
    public void commit(
            GenericFileOperations<SftpRemoteFile> server,
            GenericFileEndpoint<SftpRemoteFile> endpoint,
            Exchange exchange,
            GenericFile<SftpRemoteFile> file) {
        try {
            server.releaseRetrievedFileResources(exchange);
            Decision decision = exchange.getProperty(DECISION, Decision.class);
            if (decision != null) {
                moveAway(UploadFolder.of(server, file), decision, exchange);
            }
        } catch (IOException | RuntimeException e) {
            // The receipt is there; the next poll moves it.
            LOG.warn("{} could not be moved away and is looked at again: {}", named(file), e.toString());
        } finally {
            release(exchange);
        }
    }

    private void moveAway(UploadFolder upload, Decision decision, Exchange exchange) throws IOException {
        upload.removeRefusal(decision);
        if (upload.moveAway(decision, exchange.getProperty(DROP, Drop.class), exchange.getContext())) {
            intake.settle(decision);
        } else {
            LOG.info("{} was replaced by its sender and is looked at again", decision.name());
        }
    }

    @Override
    public void rollback(
            GenericFileOperations<SftpRemoteFile> server,
            GenericFileEndpoint<SftpRemoteFile> endpoint,
            Exchange exchange,
            GenericFile<SftpRemoteFile> file) {
        try {
            server.releaseRetrievedFileResources(exchange);
        } finally {
            release(exchange);
        }
    }

    private static void release(Exchange exchange) {
        FileClaims.@Nullable Claim claim = exchange.getProperty(CLAIM, FileClaims.Claim.class);
        if (claim != null) {
            claim.close();
            exchange.removeProperty(CLAIM);
        }
    }

    private static String named(GenericFile<SftpRemoteFile> file) {
        return PrintableFileName.of(file.getFileNameOnly());
    }
}
