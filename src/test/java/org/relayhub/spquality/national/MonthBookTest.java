package org.relayhub.spquality.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.relayhub.TestDatabase;
import org.relayhub.spquality.SpFiles;
import org.relayhub.spquality.SpFiles.SetClock;
import org.relayhub.spquality.book.Contribution;
import org.relayhub.spquality.book.Flags;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.book.ProvinceMonth;
import org.relayhub.spquality.book.Retention;
import org.relayhub.spquality.book.Standing;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.intake.FileIntake;
import org.springframework.jdbc.core.JdbcTemplate;

class MonthBookTest {

    private static final YearMonth SEPTEMBER = YearMonth.of(2012, 9);
    private static final List<String> PROVINCES = List.of("100", "250");

    private final TestDatabase database = TestDatabase.empty();
    private final SetClock clock = new SetClock("2012-09-05T10:00:00+08:00");
    private final FileIntake intake = SpFiles.intake(database, clock);
    private final JdbcTemplate connections = new JdbcTemplate(database.dataSource());
    private final MonthBook book = new MonthBook(connections, PROVINCES, clock);
    private final NationalFileWriter writer = new NationalFileWriter(connections, PROVINCES);

    private static String record(String service, String hotline, String mobile, int offered, int answered) {
        return "901234|灵通|%s|%s|%s|%d|%d|0|0|1.0".formatted(service, hotline, mobile, offered, answered);
    }

    private void take(String time, String name, String... records) throws IOException {
        clock.set(time);
        byte[] content =
                name.startsWith("SPQ") ? SpFiles.quality(name, "UTF-8", records) : SpFiles.statement(name, records);
        assertThat(SpFiles.take(intake, clock, name, content).receipt()).startsWith("A|");
    }

    private ProvinceMonth jiangsu(String at) {
        return book.provinces(SEPTEMBER, OffsetDateTime.parse(at).toInstant()).get(1);
    }

    /** What the nation's file says last of each record, by its service code. */
    private List<String> flags() throws IOException {
        try (NationalFile file = writer.write(FileName.national(SEPTEMBER, 1), Instant.EPOCH, Long.MAX_VALUE);
                var lines = new BufferedReader(new InputStreamReader(file.open(), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> line.startsWith("D|"))
                    .map(line -> line.split("\\|", -1))
                    .map(fields -> fields[3] + " " + fields[12])
                    .toList();
        }
    }

    @Test
    void a_share_of_85_percent_is_not_above_it_and_no_calls_are_no_share() throws IOException {
        take(
                "2012-10-05T10:00:00+08:00",
                "SPQ_250_201209_001.txt",
                record("1", "02088886666", "13800138000", 100, 85),
                record("2", "02088886666", "13800138000", 100, 86),
                record("3", "02088886666", "13800138000", 0, 0),
                record("4", "02088886666", "13800138000", 999999999, 849999999));

        assertThat(flags()).containsExactly("1 Q1", "2 ", "3 ", "4 Q1");
        assertThat(jiangsu("2012-10-06T00:00:00+08:00").contribution().flags()).isEqualTo(new Flags(2, 0, 0, 0));
    }

    @Test
    void a_change_without_a_statement_is_flagged_and_one_that_comes_too_soon_after_it() throws IOException {
        take(
                "2012-09-05T10:00:00+08:00",
                "SPQ_250_201208_001.txt",
                record("1", "02088886666", "13800138000", 10, 10),
                record("2", "02088886666", "13800138000", 10, 10),
                record("3", "02088886666", "13800138000", 10, 10),
                record("4", "02088886666", "13800138000", 10, 10),
                record("5", "02088886666", "13800138000", 10, 10));
        take(
                "2012-10-05T10:00:00+08:00",
                "SPQ_250_201209_001.txt",
                record("1", "02088886666", "13800138000", 10, 10),
                record("2", "02077776666", "13800138000", 10, 10),
                record("3", "02066666666", "13800138000", 10, 10),
                record("4", "02055556666", "13800138000", 10, 10),
                record("5", "02088886666", "13900139000", 10, 10),
                record("6", "02044446666", "13900139000", 10, 10));
        assertThat(flags()).containsExactly("1 ", "2 Q2", "3 Q2", "4 Q2", "5 Q2", "6 ");

        // Valid for two months when September begins; for less; and only from October.
        take(
                "2012-10-06T10:00:00+08:00",
                "SPS_901234_201209_001.txt",
                "901234|02077776666|13800138000|20120701",
                "901234|02066666666|13900139000|20120702",
                "901234|02055556666|13800138000|20121001");

        assertThat(flags()).containsExactly("1 ", "2 ", "3 Q3", "4 Q2", "5 ", "6 ");
        assertThat(jiangsu("2012-10-07T00:00:00+08:00").contribution().flags()).isEqualTo(new Flags(0, 1, 1, 0));
        assertThat(jiangsu("2012-10-05T12:00:00+08:00").contribution().flags()).isEqualTo(new Flags(0, 4, 0, 0));
    }

    @Test
    void the_highest_serial_counts_whenever_it_came_and_the_book_of_any_day_can_be_shown() throws IOException {
        take(
                "2012-10-03T10:00:00+08:00",
                "SPQ_250_201209_001.txt",
                record("1", "02088886666", "13800138000", 10, 10),
                record("2", "02088886666", "13800138000", 20, 20));
        take(
                "2012-10-05T10:00:00+08:00",
                "SPQ_250_201209_003.txt",
                record("1", "02088886666", "13800138000", 100, 100));
        take(
                "2012-10-09T10:00:00+08:00",
                "SPQ_250_201209_002.txt",
                record("1", "02088886666", "13800138000", 1000, 1000),
                record("3", "02088886666", "13800138000", 3, 3));

        assertThat(jiangsu("2012-10-02T00:00:00+08:00").standing()).isEqualTo(Standing.MISSING);
        assertThat(jiangsu("2012-10-04T00:00:00+08:00").contribution()).isEqualTo(new Contribution(2, 30, Flags.NONE));
        assertThat(jiangsu("2012-10-06T00:00:00+08:00").contribution()).isEqualTo(new Contribution(2, 120, Flags.NONE));
        assertThat(jiangsu("2012-10-10T00:00:00+08:00").contribution())
                .isEqualTo(new Contribution(3, 123, new Flags(0, 0, 0, 1)));
        assertThat(jiangsu("2012-10-10T00:00:00+08:00").standing()).isEqualTo(Standing.ACCEPTED);
    }

    @Test
    void what_was_replaced_long_ago_is_forgotten_and_what_counts_is_not() throws IOException {
        take(
                "2012-10-03T10:00:00+08:00",
                "SPQ_250_201209_001.txt",
                record("1", "02088886666", "13800138000", 10, 10),
                record("2", "02088886666", "13800138000", 20, 20));
        take(
                "2012-10-05T10:00:00+08:00",
                "SPQ_250_201209_002.txt",
                record("1", "02088886666", "13800138000", 100, 100));
        var retention = new Retention(database.client(), 24, clock);

        clock.set("2014-10-03T09:00:00+08:00");
        retention.prune();
        assertThat(records()).isEqualTo(3);
        clock.set("2014-10-03T11:00:00+08:00");
        retention.prune();

        assertThat(records()).isEqualTo(2);
        assertThat(jiangsu("2014-10-03T11:00:00+08:00").contribution().callsOffered())
                .isEqualTo(120);
    }

    @Test
    void a_file_that_its_sender_has_taken_away_again_is_missing_and_then_forgotten() {
        clock.set("2012-10-06T08:00:00+08:00");
        byte[] content =
                SpFiles.quality("SPQ_250_201209_001.txt", "UTF-8", record("1", "02088886666", "13800138000", 1, 1));
        assertThatThrownBy(() -> SpFiles.takeHalf(intake, clock, "SPQ_250_201209_001.txt", content))
                .isInstanceOf(IOException.class);

        assertThat(book.missing(SEPTEMBER)).containsExactly("100");
        assertThat(jiangsu("2012-10-06T08:30:00+08:00").standing()).isEqualTo(Standing.RECEIVED);

        clock.set("2012-10-06T09:00:00+08:00");
        assertThat(book.missing(SEPTEMBER)).containsExactly("100", "250");
        assertThat(jiangsu("2012-10-06T09:00:00+08:00").standing()).isEqualTo(Standing.MISSING);

        clock.set("2012-11-05T09:00:00+08:00");
        new Retention(database.client(), 24, clock).prune();
        assertThat(database.client()
                        .sql("select count(*) from sp_file")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void what_was_pruned_is_looked_at_again_when_more_of_it_is_replaced() throws IOException {
        take(
                "2012-10-03T10:00:00+08:00",
                "SPQ_250_201209_001.txt",
                record("1", "02088886666", "13800138000", 10, 10),
                record("2", "02088886666", "13800138000", 20, 20));
        take(
                "2012-10-05T10:00:00+08:00",
                "SPQ_250_201209_002.txt",
                record("1", "02088886666", "13800138000", 100, 100));
        var retention = new Retention(database.client(), 1, clock);
        clock.set("2012-12-01T03:30:00+08:00");
        retention.prune();
        assertThat(records()).isEqualTo(2);

        take(
                "2012-12-02T10:00:00+08:00",
                "SPQ_250_201209_003.txt",
                record("2", "02088886666", "13800138000", 200, 200));
        clock.set("2012-12-03T03:30:00+08:00");
        retention.prune();

        assertThat(records()).isEqualTo(2);
    }

    private long records() {
        return database.client()
                .sql("select count(*) from sp_record")
                .query(Long.class)
                .single();
    }
}
