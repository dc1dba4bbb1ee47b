package org.relayhub.spquality.book;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.YearMonth;

/**
 * The records of a province and month that count, with their flags, as of a change of the book: of each key that of the
 * file with the highest serial. What it finds of a change never differs, whatever comes later.
 */
public final class CurrentRecords {

    /** What one of them holds, in the order of a national D line. */
    public interface Reader {
        void read(ResultSet row) throws SQLException, IOException;
    }

    private static final int FETCHED = 5_000;

    /** In order: province, month, change; province, month before, change; month, change; three times the month. */
    private static final String FLAGGED = """
            with record as (
                select distinct on (r.sp_id, r.service_code) r.*, f.late
                  from sp_file f join sp_record r using (file_id)
                 where f.kind = 'SPQ' and f.state = 'accepted' and f.reporter = ? and f.month = ? and f.change <= ?
                 order by r.sp_id, r.service_code, f.serial desc
            ), before as (
                select distinct on (r.sp_id, r.service_code) r.sp_id, r.service_code, r.hotline, r.service_mobile
                  from sp_file f join sp_record r using (file_id)
                 where f.kind = 'SPQ' and f.state = 'accepted' and f.reporter = ? and f.month = ? and f.change <= ?
                 order by r.sp_id, r.service_code, f.serial desc
            ), statement as (
                select distinct on (s.sp_id, s.hotline, s.valid_from) s.sp_id, s.hotline, s.service_mobile, s.valid_from
                  from sp_file f join sp_statement s using (file_id)
                 where f.kind = 'SPS' and f.state = 'accepted' and f.month <= ? and f.change <= ?
                 order by s.sp_id, s.hotline, s.valid_from, f.month desc, f.serial desc
            ), stated_hotline as (
                select sp_id, hotline, max(valid_from) as since from statement
                 where valid_from < cast(? as date) + interval '1 month' group by sp_id, hotline
            ), stated_mobile as (
                select distinct sp_id, service_mobile from statement
                 where valid_from < cast(? as date) + interval '1 month'
            ), flagged as (
                select r.sp_id, r.sp_name, r.service_code, r.hotline, r.service_mobile, r.calls_offered, r.calls_answered,
                       r.complaints, r.resolved, r.average_hours,
                       r.calls_offered > 0 and r.calls_answered * 100::bigint <= r.calls_offered * 85::bigint as q1,
                       (b.hotline <> r.hotline and h.since is null
                        or b.service_mobile <> r.service_mobile and m.sp_id is null) is true as q2,
                       (b.hotline <> r.hotline and h.since + interval '2 months' > cast(? as date)) is true as q3,
                       r.late as q4
                  from record r
                  left join before b on b.sp_id = r.sp_id and b.service_code = r.service_code
                  left join stated_hotline h on h.sp_id = r.sp_id and h.hotline = r.hotline
                  left join stated_mobile m on m.sp_id = r.sp_id and m.service_mobile = r.service_mobile
            )
            """;

    private CurrentRecords() {}

    /** What they come to. */
    static Contribution count(Connection connection, String province, YearMonth month, long change)
            throws SQLException {
        try (PreparedStatement query = prepare(connection, """
                select count(*), coalesce(sum(calls_offered), 0), count(*) filter (where q1), count(*) filter (where q2),
                       count(*) filter (where q3), count(*) filter (where q4)
                  from flagged
                """, province, month, change);
                ResultSet row = query.executeQuery()) {
            row.next();
            return new Contribution(
                    row.getLong(1),
                    row.getLong(2),
                    new Flags(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)));
        }
    }

    /** All of them, by SP and service code. The connection must be in a transaction: they are not held in memory. */
    public static void read(Connection connection, String province, YearMonth month, long change, Reader reader)
            throws SQLException, IOException {
        try (PreparedStatement query =
                prepare(connection, "select * from flagged order by sp_id, service_code", province, month, change)) {
            query.setFetchSize(FETCHED);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    reader.read(row);
                }
            }
        }
    }

    private static PreparedStatement prepare(
            Connection connection, String what, String province, YearMonth month, long change) throws SQLException {
        PreparedStatement query = connection.prepareStatement(FLAGGED + what);
        int n = 1;
        query.setString(n++, province);
        query.setObject(n++, month.atDay(1));
        query.setLong(n++, change);
        query.setString(n++, province);
        query.setObject(n++, month.minusMonths(1).atDay(1));
        query.setLong(n++, change);
        query.setObject(n++, month.atDay(1));
        query.setLong(n++, change);
        query.setObject(n++, month.atDay(1));
        query.setObject(n++, month.atDay(1));
        query.setObject(n, month.atDay(1));
        return query;
    }
}
