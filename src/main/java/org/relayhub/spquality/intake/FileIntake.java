package org.relayhub.spquality.intake;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.relayhub.spquality.file.Checked;
import org.relayhub.spquality.file.FileCheck;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.RowWriter;
import org.relayhub.spquality.file.text.Line;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes a dropped file in: checks it, and books it whole or not at all, in one transaction. However often a file is taken,
 * by however many hubs, it is decided once, and every taking comes to the same decision.
 */
public final class FileIntake {

    private static final Logger LOG = LoggerFactory.getLogger(FileIntake.class);

    /** When a month's files are late. */
    @FunctionalInterface
    public interface Lateness {
        boolean isLate(java.time.YearMonth month, Instant at);
    }

    private final FileCheck check;
    private final Lateness lateness;
    private final DataSource dataSource;
    private final FileRows rows;
    private final TransactionTemplate transaction;
    private final SQLExceptionTranslator translator;
    private final Clock clock;

    public FileIntake(
            FileCheck check,
            Lateness lateness,
            DataSource dataSource,
            TransactionTemplate transaction,
            SQLExceptionTranslator translator,
            Clock clock) {
        this.check = check;
        this.lateness = lateness;
        this.dataSource = dataSource;
        this.rows = new FileRows(JdbcClient.create(dataSource));
        this.transaction = transaction;
        this.translator = translator;
        this.clock = clock;
    }

    /**
     * Takes a file in.
     *
     * @param content is read to its end, unless its name is none
     * @throws ReplacedFileException if it was decided before, and has another content now: the next taking looks at that
     * @throws IOException if the content cannot be read: nothing is decided then
     * @throws org.springframework.dao.DataAccessException if the database cannot be reached: likewise
     */
    public Decision take(Drop drop, InputStream content) throws IOException {
        FileRows.Row row = transaction.execute(status -> open(drop));
        if (row == null) {
            throw new IllegalStateException("a transaction without a row");
        }
        return row.isDecided() ? repeated(row, content) : decide(row, drop, content);
    }

    /** A decision counts for the content of which it was made, and for no other. */
    private Decision repeated(FileRows.Row row, InputStream content) throws IOException {
        if (!row.isOf(content)) {
            rows.settle(row.fileId(), clock.instant());
            throw new ReplacedFileException();
        }
        return row.decision();
    }

    /** Refuses a file without looking into it. */
    public Decision refuse(Drop drop) throws IOException {
        return take(drop, InputStream.nullInputStream());
    }

    /** Whether a file of this name was decided, and was not moved away yet. */
    public boolean isDecided(Drop drop) {
        return rows.findOpen(drop.sender().name(), drop.name())
                .filter(FileRows.Row::isDecided)
                .isPresent();
    }

    /** Whether a file of this name was refused before, and left where it lies because of its name. */
    public boolean isKnown(Drop drop) {
        return rows.isSettled(drop.sender().name(), drop.name());
    }

    /** Whether a file was decided after an instant, or its receipt or companion is that of one. */
    public boolean isDecidedSince(Drop drop, Instant from) {
        return rows.isDecidedSince(drop.sender().name(), drop.name(), from);
    }

    /** A file has its receipt and was moved away. */
    public void settle(Decision decision) {
        rows.settle(decision.fileId(), clock.instant());
    }

    /** The row of a dropped file: the one from before, if it was seen before. */
    private FileRows.Row open(Drop drop) {
        Optional<FileRows.Row> open = rows.findOpen(drop.sender().name(), drop.name());
        if (open.isPresent()) {
            FileRows.Row row = open.get();
            String sha256 = FileRows.sha256(drop);
            if (!row.isDecided()) {
                rows.seen(row, drop, clock.instant());
                return rows.lock(row.fileId());
            }
            if (drop.companion() == null || Objects.equals(row.sha256(), sha256)) {
                return row;
            }
            // A new file lies where the old one was not moved away from.
            rows.settle(row.fileId(), clock.instant());
        }
        return rows.insert(drop, check.name(drop.name()), clock.instant());
    }

    private Decision decide(FileRows.Row row, Drop drop, InputStream content) throws IOException {
        Optional<FileName> file = check.name(drop.name());
        Optional<FileRows.Row> accepted = rows.findAccepted(drop.name());
        if (file.isEmpty() || accepted.isPresent()) {
            Checked checked = check(drop, content, RowWriter.NONE, accepted.isPresent());
            return accepted.filter(first -> first.isSame(drop, checked))
                    .map(first -> repeat(row, checked, first))
                    .orElseGet(() -> refuse(row, checked));
        }
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            connection.setAutoCommit(false);
            return load(connection, row, drop, file.get(), content);
        } catch (SQLException e) {
            throw translated(e);
        } finally {
            close(connection);
        }
    }

    private Checked check(Drop drop, InputStream content, RowWriter writer, boolean claimed) throws IOException {
        return check.check(drop.name(), drop.sender(), drop.companion(), content, writer, claimed);
    }

    private Decision load(Connection connection, FileRows.Row row, Drop drop, FileName file, InputStream content)
            throws IOException, SQLException {
        Instant began = Instant.now();
        var own = new FileRows(JdbcClient.create(
                new org.springframework.jdbc.datasource.SingleConnectionDataSource(connection, true)));
        FileRows.Row locked = own.lock(row.fileId());
        if (locked.isDecided()) {
            return locked.decision();
        }
        var copy = new RecordCopy(connection, row.fileId(), file.kind());
        Checked checked;
        try {
            checked = check(drop, content, new Progress(drop.name(), copy), false);
        } catch (IOException e) {
            if (copy.failure() != null) {
                throw translated(copy.failure());
            }
            copy.cancel();
            throw e;
        }
        if (!checked.isRight()) {
            copy.cancel();
            connection.rollback();
            return refuse(row, checked);
        }
        copy.finish();
        Instant at = clock.instant();
        String receipt = checked.acknowledgement(drop.name(), at);
        own.accept(row.fileId(), checked, receipt, at, lateness.isLate(file.month(), row.receivedAt()));
        connection.commit();
        LOG.info(
                "{} of {} accepted: {} records in {} ms",
                drop.name(),
                drop.sender(),
                checked.records(),
                java.time.Duration.between(began, Instant.now()).toMillis());
        return new Decision(row.fileId(), drop.name(), Decision.Outcome.ACCEPTED, receipt, file.month());
    }

    private Decision refuse(FileRows.Row row, Checked checked) {
        Decision decision =
                decide(row, locked -> rows.refuse(locked.fileId(), checked, checked.refusal(), clock.instant()));
        LOG.info("{} refused: {} faults", PrintableFileName.of(decision.name()), checked.faultCount());
        return decision;
    }

    private Decision repeat(FileRows.Row row, Checked checked, FileRows.Row first) {
        String receipt = first.decision().receipt();
        Decision decision = decide(row, locked -> rows.repeat(locked.fileId(), checked, receipt, clock.instant()));
        LOG.info("{} was accepted before: its receipt is written again", decision.name());
        return decision;
    }

    /** Decides a row, unless another hub has done so meanwhile. */
    private Decision decide(FileRows.Row row, Consumer<FileRows.Row> deciding) {
        return Objects.requireNonNull(transaction.execute(status -> {
            FileRows.Row locked = rows.lock(row.fileId());
            if (!locked.isDecided()) {
                deciding.accept(locked);
                locked = rows.lock(row.fileId());
            }
            return locked.decision();
        }));
    }

    private RuntimeException translated(SQLException failure) {
        RuntimeException translated = translator.translate("taking a file in", null, failure);
        return translated == null ? new IllegalStateException(failure) : translated;
    }

    private void close(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("A connection was broken already", e);
        }
        DataSourceUtils.releaseConnection(connection, dataSource);
    }

    /** Says of a long file how far it is. */
    private static final class Progress implements RowWriter {

        private static final int SAID_EVERY = 1_000_000;

        private final String name;
        private final RowWriter next;
        private long records;

        Progress(String name, RowWriter next) {
            this.name = name;
            this.next = next;
        }

        @Override
        public void write(long number, Line line) throws IOException {
            next.write(number, line);
            records++;
            if (records % SAID_EVERY == 0) {
                LOG.info("{}: {} records checked and copied so far", name, records);
            }
        }
    }
}
