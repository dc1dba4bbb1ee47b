package org.relayhub.spquality.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.file.Checked;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.FileName;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code sp_file}. */
final class FileRows {

    /** A row. */
    record Row(
            long fileId,
            String sender,
            String name,
            @Nullable String sha256,
            String state,
            @Nullable YearMonth month,
            Instant receivedAt,
            @Nullable String receipt,
            @Nullable Long size,
            @Nullable String content) {

        boolean isDecided() {
            return !state.equals("received");
        }

        Decision decision() {
            if (receipt == null) {
                throw new IllegalStateException("file " + fileId + " is not decided");
            }
            var outcome = Decision.Outcome.valueOf(state.toUpperCase(Locale.ROOT));
            return new Decision(fileId, name, outcome, receipt, month);
        }

        /** Whether this is the content of which it was decided. A file that has no right name is not read. */
        boolean isOf(InputStream read) throws IOException {
            return content != null && (content.isEmpty() || content.equals(digest(read)));
        }

        /** Whether a drop is this file once more: from the same sender, and the same to the last byte. */
        boolean isSame(Drop drop, Checked checked) {
            String stated = FileRows.sha256(drop);
            return sender.equals(drop.sender().name())
                    && stated != null
                    && stated.equals(sha256)
                    && stated.equals(checked.sha256());
        }
    }

    private static final String COLUMNS =
            "file_id, sender, name, sha256, state, month, received_at, receipt, size, content";

    private final JdbcClient database;

    FileRows(JdbcClient database) {
        this.database = database;
    }

    /** The one of this name that was not moved away yet. */
    Optional<Row> findOpen(String sender, String name) {
        return database.sql("select " + COLUMNS
                        + " from sp_file where sender = :sender and name = :name and settled_at is null")
                .param("sender", sender)
                .param("name", name)
                .query((row, n) -> row(row))
                .optional();
    }

    /** The one of this name that was accepted, whoever sent it. */
    Optional<Row> findAccepted(String name) {
        return database.sql("select " + COLUMNS + " from sp_file where name = :name and state = 'accepted'")
                .param("name", name)
                .query((row, n) -> row(row))
                .optional();
    }

    /** A row, which nobody else may decide until the transaction ends. */
    Row lock(long fileId) {
        return database.sql("select " + COLUMNS + " from sp_file where file_id = :fileId for update")
                .param("fileId", fileId)
                .query((row, n) -> row(row))
                .single();
    }

    Row insert(Drop drop, Optional<FileName> file, Instant at) {
        return database.sql("""
                        insert into sp_file (sender, name, sha256, kind, reporter, month, serial, state, received_at,
                                             seen_at, size)
                        values (:sender, :name, :sha256, :kind, :reporter, :month, :serial, 'received', :received, :at,
                                :size)
                        returning
                        """ + COLUMNS)
                .param("sender", drop.sender().name())
                .param("name", drop.name())
                .param("sha256", sha256(drop), Types.VARCHAR)
                .param("kind", file.map(name -> name.kind().name()).orElse(null), Types.VARCHAR)
                .param("reporter", file.map(FileName::reporter).orElse(null), Types.VARCHAR)
                .param("month", file.map(name -> name.month().atDay(1)).orElse(null), Types.DATE)
                .param("serial", file.map(FileName::serial).orElse(null), Types.INTEGER)
                .param("received", Timestamp.from(drop.seenAt()))
                .param("at", Timestamp.from(at))
                .param("size", drop.size())
                .query((row, n) -> row(row))
                .single();
    }

    /** One that is not decided yet is looked at again. What its sender has put in its place has come when that was seen. */
    void seen(Row row, Drop drop, Instant at) {
        String sha256 = sha256(drop);
        boolean same = Objects.equals(row.sha256(), sha256) && Objects.equals(row.size(), drop.size());
        database.sql("""
                        update sp_file set sha256 = :sha256, size = :size, received_at = :received, seen_at = :at
                         where file_id = :fileId
                        """)
                .param("sha256", sha256, Types.VARCHAR)
                .param("size", drop.size())
                .param("received", Timestamp.from(same ? row.receivedAt() : drop.seenAt()))
                .param("at", Timestamp.from(at))
                .param("fileId", row.fileId())
                .update();
    }

    /** What a companion states; null if it is not right. */
    static @Nullable String sha256(Drop drop) {
        return drop.companion() == null
                ? null
                : CompanionFile.parse(drop.companion(), drop.name())
                        .map(CompanionFile::sha256)
                        .orElse(null);
    }

    /** @param late whether it came after its month's deadline */
    void accept(long fileId, Checked checked, String receipt, Instant at, boolean late) {
        // From here to the commit this is the only change, so that the numbers say in which order changes were seen.
        Long change = database.sql("update sp_book set change = change + 1 returning change")
                .query(Long.class)
                .single();
        decide(fileId, "accepted", checked, receipt, at, late, change);
    }

    void refuse(long fileId, Checked checked, String receipt, Instant at) {
        decide(fileId, "refused", checked, receipt, at, false, null);
    }

    /** @param receipt that of the file which it repeats */
    void repeat(long fileId, Checked checked, String receipt, Instant at) {
        decide(fileId, "repeated", checked, receipt, at, false, null);
    }

    private void decide(
            long fileId,
            String state,
            Checked checked,
            String receipt,
            Instant at,
            boolean late,
            @Nullable Long change) {
        database.sql("""
                        update sp_file
                           set state = :state, decided_at = :at, late = :late, encoding = :encoding, records = :records,
                               calls_offered = :callsOffered, fault_count = :faults, receipt = :receipt, change = :change,
                               content = :content
                         where file_id = :fileId
                        """)
                .param("state", state)
                .param("at", Timestamp.from(at))
                .param("late", late)
                .param("encoding", checked.encoding(), Types.VARCHAR)
                .param("records", checked.records())
                .param("callsOffered", checked.callsOffered())
                .param("faults", checked.faultCount())
                .param("receipt", receipt)
                .param("change", change, Types.BIGINT)
                .param("content", checked.sha256())
                .param("fileId", fileId)
                .update();
    }

    /** Whether a file of this name was seen, decided and settled. */
    boolean isSettled(String sender, String name) {
        return database.sql("select 1 from sp_file where sender = :sender and name = :name"
                        + " and settled_at is not null limit 1")
                .param("sender", sender)
                .param("name", name)
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Whether a file of this name was decided after an instant. */
    boolean isDecidedSince(String sender, String name, Instant from) {
        return database.sql("select 1 from sp_file where sender = :sender and starts_with(:name, name)"
                        + " and (decided_at is null or decided_at >= :from) limit 1")
                .param("sender", sender)
                .param("name", name)
                .param("from", Timestamp.from(from))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    void settle(long fileId, Instant at) {
        database.sql("update sp_file set settled_at = :at where file_id = :fileId and settled_at is null")
                .param("at", Timestamp.from(at))
                .param("fileId", fileId)
                .update();
    }

    private static String digest(InputStream content) throws IOException {
        try (var all = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            all.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(all.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static Row row(ResultSet row) throws SQLException {
        LocalDate month = row.getObject("month", LocalDate.class);
        return new Row(
                row.getLong("file_id"),
                row.getString("sender"),
                row.getString("name"),
                row.getString("sha256"),
                row.getString("state"),
                month == null ? null : YearMonth.from(month),
                row.getTimestamp("received_at").toInstant(),
                row.getString("receipt"),
                row.getObject("size", Long.class),
                row.getString("content"));
    }
}
