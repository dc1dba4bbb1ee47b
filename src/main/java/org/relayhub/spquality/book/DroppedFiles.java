package org.relayhub.spquality.book;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was dropped, and what was said to it. */
public final class DroppedFiles {

    /** Which of them; null stands for any. */
    public record Search(
            @Nullable YearMonth month,
            @Nullable String province,
            @Nullable String sender,
            @Nullable String state) {}

    private static final String COLUMNS = """
            select file_id, sender, name, month, state, late, received_at, decided_at, size, records, fault_count
              from sp_file
            """;

    private final JdbcClient database;

    public DroppedFiles(JdbcClient database) {
        this.database = database;
    }

    /** Newest first. */
    public List<DroppedFile> find(Search search, int offset, int limit) {
        return database.sql(COLUMNS + """
                         where (cast(:month as date) is null or month = :month)
                           and (cast(:province as text) is null or kind = 'SPQ' and reporter = :province)
                           and (cast(:sender as text) is null or sender = :sender)
                           and (cast(:state as text) is null or state = :state)
                         order by received_at desc, file_id desc offset :offset limit :limit
                        """)
                .param("month", search.month() == null ? null : search.month().atDay(1), Types.DATE)
                .param("province", search.province(), Types.VARCHAR)
                .param("sender", search.sender(), Types.VARCHAR)
                .param("state", search.state(), Types.VARCHAR)
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> file(row))
                .list();
    }

    public Optional<DroppedFile> find(long fileId) {
        return database.sql(COLUMNS + " where file_id = :fileId")
                .param("fileId", fileId)
                .query((row, n) -> file(row))
                .optional();
    }

    /** The lines of its receipt; none while it is not decided. */
    public List<String> receipt(long fileId, int offset, int limit) {
        return database
                .sql("select coalesce(receipt, '') from sp_file where file_id = :fileId")
                .param("fileId", fileId)
                .query(String.class)
                .optional()
                .stream()
                .flatMap(String::lines)
                .skip(offset)
                .limit(limit)
                .toList();
    }

    /** How many of them there are in a state, all months together. */
    public long count(String state) {
        return database.sql("select count(*) from sp_file where state = :state")
                .param("state", state)
                .query(Long.class)
                .single();
    }

    private static DroppedFile file(ResultSet row) throws SQLException {
        LocalDate month = row.getObject("month", LocalDate.class);
        Timestamp decided = row.getTimestamp("decided_at");
        return new DroppedFile(
                row.getLong("file_id"),
                row.getString("sender"),
                row.getString("name"),
                month == null ? null : YearMonth.from(month),
                row.getString("state"),
                row.getBoolean("late"),
                row.getTimestamp("received_at").toInstant(),
                decided == null ? null : decided.toInstant(),
                row.getObject("size", Long.class),
                row.getObject("records", Long.class),
                row.getObject("fault_count", Long.class));
    }
}
