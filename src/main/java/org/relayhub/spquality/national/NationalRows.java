package org.relayhub.spquality.national;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.file.FileName;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The rows of {@code sp_national}. */
final class NationalRows {

    private final JdbcClient database;

    NationalRows(JdbcClient database) {
        this.database = database;
    }

    Optional<National> findLast(YearMonth month) {
        return of(month).stream().reduce((one, other) -> other);
    }

    Optional<National> find(FileName name) {
        return of(name.month()).stream()
                .filter(national -> national.serial() == name.serial())
                .findFirst();
    }

    /** Of a month, in the order in which they were made. */
    List<National> of(YearMonth month) {
        return database.sql("select * from sp_national where month = :month order by serial")
                .param("month", month.atDay(1))
                .query((row, n) -> row(row))
                .list();
    }

    void insert(NationalFile file, long change, String sha256) {
        database.sql("""
                        insert into sp_national (month, serial, change, created_at, content, sha256, records, calls_offered,
                                                 state)
                        values (:month, :serial, :change, :created, :content, :sha256, :records, :callsOffered, 'sending')
                        """)
                .param("month", file.name().month().atDay(1))
                .param("serial", file.name().serial())
                .param("change", change)
                .param("created", Timestamp.from(file.created()))
                .param("content", file.content())
                .param("sha256", sha256)
                .param("records", file.records())
                .param("callsOffered", file.callsOffered())
                .update();
    }

    /** One that is not sent yet has become another. */
    void replace(NationalFile file, String sha256) {
        database.sql("""
                        update sp_national set content = :content, sha256 = :sha256, records = :records,
                               calls_offered = :callsOffered
                         where month = :month and serial = :serial and state = 'sending'
                        """)
                .param("content", file.content())
                .param("sha256", sha256)
                .param("records", file.records())
                .param("callsOffered", file.callsOffered())
                .param("month", file.name().month().atDay(1))
                .param("serial", file.name().serial())
                .update();
    }

    /** What came since changes nothing of it. */
    void covers(National national, long change) {
        database.sql("update sp_national set change = :change where month = :month and serial = :serial")
                .param("change", change)
                .param("month", national.month().atDay(1))
                .param("serial", national.serial())
                .update();
    }

    void sent(FileName name, Instant at) {
        database.sql("""
                        update sp_national set state = 'sent', sent_at = :at
                         where month = :month and serial = :serial and state = 'sending'
                        """)
                .param("at", Timestamp.from(at))
                .param("month", name.month().atDay(1))
                .param("serial", name.serial())
                .update();
    }

    /** Takes SIMS's answer, unless there was one; false if there was, or there is no such file. */
    boolean answered(FileName name, boolean acknowledged, Instant at) {
        return database.sql("""
                                update sp_national set state = :state, answered_at = :at,
                                       sent_at = coalesce(sent_at, :at)
                                 where month = :month and serial = :serial and state in ('sending', 'sent')
                                """)
                        .param("state", acknowledged ? "acknowledged" : "rejected")
                        .param("at", Timestamp.from(at))
                        .param("month", name.month().atDay(1))
                        .param("serial", name.serial())
                        .update()
                == 1;
    }

    /** Months whose national file lacks a change, or that have none: oldest first. */
    List<YearMonth> behind(YearMonth first, YearMonth last) {
        return database.sql("""
                        select m.month
                          from (select distinct month from sp_file
                                 where kind = 'SPQ' and state = 'accepted' and month between :first and :last) m
                          left join lateral (select change, state from sp_national n
                                              where n.month = m.month order by serial desc limit 1) n on true
                         where n.change is null or n.state = 'sending' or n.change < (
                               select max(f.change) from sp_file f
                                where f.state = 'accepted'
                                  and (f.kind = 'SPQ' and f.month in (m.month, m.month - interval '1 month')
                                       or f.kind = 'SPS' and f.month <= m.month))
                         order by m.month
                        """)
                .param("first", first.atDay(1))
                .param("last", last.atDay(1))
                .query((row, n) -> YearMonth.from(row.getObject(1, LocalDate.class)))
                .list();
    }

    long change() {
        return database.sql("select change from sp_book").query(Long.class).single();
    }

    private static National row(ResultSet row) throws SQLException {
        return new National(
                YearMonth.from(row.getObject("month", LocalDate.class)),
                row.getInt("serial"),
                row.getLong("change"),
                row.getTimestamp("created_at").toInstant(),
                row.getString("content"),
                row.getString("sha256"),
                row.getLong("records"),
                row.getLong("calls_offered"),
                National.State.valueOf(row.getString("state").toUpperCase(java.util.Locale.ROOT)),
                instant(row, "sent_at"),
                instant(row, "answered_at"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
