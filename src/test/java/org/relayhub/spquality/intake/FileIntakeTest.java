package org.relayhub.spquality.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.relayhub.TestDatabase;
import org.relayhub.spquality.SpFiles;
import org.relayhub.spquality.SpFiles.SetClock;

class FileIntakeTest {

    private static final String NAME = "SPQ_250_201209_001.txt";
    private static final String RECORD = "901234|掌上灵通|10086001|02088886666|13800138000|18250|16901|120|117|9.5";
    private static final String OTHER = "901235|A\\B灵|0086|075588886666|13800138001|10|9|0|0|10.0";

    private final TestDatabase database = TestDatabase.empty();
    private final SetClock clock = new SetClock("2012-10-05T09:30:00+08:00");
    private final FileIntake intake = SpFiles.intake(database, clock);

    private Drop drop(byte[] content) {
        return SpFiles.drop("CRM-250", NAME, content, clock);
    }

    private long rows(String table) {
        return database.client()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    @Test
    void a_right_file_is_booked_as_it_stands() throws Exception {
        byte[] content = SpFiles.quality(NAME, "UTF-8", RECORD, OTHER);

        Decision decision = SpFiles.take(intake, clock, NAME, content);

        assertThat(decision.receipt())
                .isEqualTo("A|" + NAME + "|" + SpFiles.sha256(content) + "|2|18260|20121005093000\n");
        assertThat(decision.accepted()).isTrue();
        assertThat(database.client()
                        .sql(
                                "select line || '|' || sp_id || '|' || sp_name || '|' || service_code || '|' || hotline || '|'"
                                        + " || service_mobile || '|' || calls_offered || '|' || calls_answered || '|' || complaints"
                                        + " || '|' || resolved || '|' || average_hours from sp_record order by line")
                        .query(String.class)
                        .list())
                .containsExactly("2|" + RECORD, "3|" + OTHER);
    }

    @Test
    void a_file_in_GB18030_is_booked_as_one_in_UTF_8() throws Exception {
        // The second byte of the first character is that of the separator.
        String record = RECORD.replace("掌上灵通", "鄚𠀀");
        SpFiles.take(intake, clock, NAME, SpFiles.quality(NAME, "GB18030", record));

        assertThat(database.client()
                        .sql("select sp_name from sp_record")
                        .query(String.class)
                        .single())
                .isEqualTo("鄚𠀀");
    }

    @Test
    void a_faulty_file_changes_nothing_but_its_receipt() throws Exception {
        byte[] content = SpFiles.quality(NAME, "UTF-8", RECORD, OTHER.replace("|10|9|", "|10|11|"), RECORD);

        Decision decision = SpFiles.take(intake, clock, NAME, content);

        assertThat(decision.receipt()).isEqualTo("""
                        3|callsAnswered|R06|a number of at most 9 digits, not above callsOffered
                        4|-|R10|a key that does not stand in line 2 already
                        E|2|5
                        """);
        assertThat(rows("sp_record")).isZero();
    }

    @Test
    void a_refused_name_is_free_and_an_accepted_one_is_not() throws Exception {
        byte[] wrong = SpFiles.quality(NAME, "UTF-8", RECORD.replace("9.5", "9.55"));
        byte[] right = SpFiles.quality(NAME, "UTF-8", RECORD);
        assertThat(SpFiles.take(intake, clock, NAME, wrong).accepted()).isFalse();
        Decision accepted = SpFiles.take(intake, clock, NAME, right);
        assertThat(accepted.accepted()).isTrue();

        clock.set("2012-10-06T09:30:00+08:00");
        Decision again = SpFiles.take(intake, clock, NAME, right);
        assertThat(again.receipt()).as("the first answer").isEqualTo(accepted.receipt());
        assertThat(again.outcome()).isEqualTo(Decision.Outcome.REPEATED);
        assertThat(again.keptName()).as("beside the first").isEqualTo(NAME + "." + again.fileId());
        assertThat(SpFiles.take(intake, clock, NAME, SpFiles.quality(NAME, "UTF-8", OTHER))
                        .receipt())
                .startsWith("0|name|F01|");
        assertThat(rows("sp_record")).isEqualTo(1);
    }

    @Test
    void a_file_that_cannot_be_read_to_its_end_is_not_decided() throws Exception {
        byte[] content = SpFiles.quality(NAME, "UTF-8", RECORD, OTHER);
        Drop drop = drop(content);
        InputStream broken =
                new SequenceInputStream(new ByteArrayInputStream(content, 0, content.length - 5), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("the line is cut");
                    }
                });

        assertThatThrownBy(() -> intake.take(drop, broken)).isInstanceOf(IOException.class);

        assertThat(rows("sp_record")).isZero();
        assertThat(database.client()
                        .sql("select state from sp_file")
                        .query(String.class)
                        .list())
                .containsExactly("received");
        assertThat(intake.take(drop, new ByteArrayInputStream(content)).accepted())
                .isTrue();
        assertThat(rows("sp_record")).isEqualTo(2);
    }

    @Test
    void a_decision_counts_for_the_content_of_which_it_was_made() throws Exception {
        byte[] right = SpFiles.quality(NAME, "UTF-8", RECORD);
        byte[] other = SpFiles.quality(NAME, "UTF-8", OTHER);
        Decision accepted = intake.take(drop(right), new ByteArrayInputStream(right));

        // A hub has died before it was moved away: with the companion moved already, or with it there.
        Drop half = new Drop(drop(right).sender(), NAME, null, right.length, clock.instant());
        assertThat(intake.take(half, new ByteArrayInputStream(right))).isEqualTo(accepted);
        assertThat(intake.take(drop(right), new ByteArrayInputStream(right))).isEqualTo(accepted);

        // Its sender has put another one there.
        assertThatThrownBy(() -> intake.take(half, new ByteArrayInputStream(other)))
                .isInstanceOf(ReplacedFileException.class);
        assertThat(intake.take(drop(other), new ByteArrayInputStream(other)).receipt())
                .startsWith("0|name|F01|");
        assertThat(rows("sp_record")).isEqualTo(1);
    }

    @Test
    void a_file_that_could_not_be_read_at_once_has_come_when_it_was_seen() throws Exception {
        byte[] right = SpFiles.quality(NAME, "UTF-8", RECORD);
        assertThatThrownBy(() -> SpFiles.takeHalf(intake, clock, NAME, right)).isInstanceOf(IOException.class);
        clock.set("2012-10-09T08:00:00+08:00");
        assertThat(intake.take(drop(right), new ByteArrayInputStream(right)).accepted())
                .isTrue();
        assertThat(isLate()).as("the same file, seen in time").isFalse();
    }

    @Test
    void what_replaces_a_file_after_the_deadline_is_late() throws Exception {
        byte[] first = SpFiles.quality(NAME, "UTF-8", RECORD);
        byte[] second = SpFiles.quality(NAME, "UTF-8", RECORD, OTHER);
        assertThatThrownBy(() -> SpFiles.takeHalf(intake, clock, NAME, first)).isInstanceOf(IOException.class);
        clock.set("2012-10-09T08:00:00+08:00");
        assertThat(intake.take(drop(second), new ByteArrayInputStream(second)).accepted())
                .isTrue();
        assertThat(isLate()).isTrue();
    }

    private boolean isLate() {
        return database.client()
                .sql("select late from sp_file where state = 'accepted'")
                .query(Boolean.class)
                .single();
    }

    @Test
    void a_file_that_many_take_at_once_is_booked_once() throws Exception {
        byte[] content = SpFiles.quality(NAME, "UTF-8", RECORD, OTHER);
        Drop drop = drop(content);
        ExecutorService hubs = Executors.newFixedThreadPool(8);
        try {
            // Opened by one: the others meet its row.
            SpFiles.intake(database, clock);
            List<Future<Decision>> decisions = hubs.invokeAll(IntStream.range(0, 8)
                    .<Callable<Decision>>mapToObj(n -> () -> retried(drop, content))
                    .toList());
            for (Future<Decision> decision : decisions) {
                assertThat(decision.get()).isEqualTo(decisions.get(0).get());
            }
        } finally {
            hubs.shutdown();
        }
        assertThat(rows("sp_record")).isEqualTo(2);
        assertThat(rows("sp_file")).isEqualTo(1);
    }

    /** As a poll does that comes upon another hub's. */
    private Decision retried(Drop drop, byte[] content) throws IOException {
        while (true) {
            try {
                return intake.take(drop, new ByteArrayInputStream(content));
            } catch (org.springframework.dao.DuplicateKeyException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void a_province_reports_by_its_own_systems_and_an_SP_for_itself() throws Exception {
        byte[] quality = SpFiles.quality(NAME, "UTF-8", RECORD);
        String statement = "SPS_901234_201209_001.txt";
        byte[] own = SpFiles.statement(statement, "901234|02088886666|13800138000|20121001");

        assertThat(SpFiles.take(intake, clock, "CRM-100", NAME, quality).receipt())
                .startsWith("0|name|F04|");
        assertThat(SpFiles.take(intake, clock, "SP-901234", NAME, quality).receipt())
                .startsWith("0|name|F04|");
        assertThat(SpFiles.take(intake, clock, "CRM-250", statement, own).receipt())
                .startsWith("0|name|F04|");
        assertThat(SpFiles.take(intake, clock, "SIMS-250", NAME, quality).accepted())
                .isTrue();
        assertThat(SpFiles.take(intake, clock, "SP-901234", statement, own).accepted())
                .isTrue();
        assertThat(rows("sp_statement")).isEqualTo(1);
    }

    @Test
    void a_file_is_late_by_the_time_at_which_it_was_seen() throws Exception {
        clock.set("2012-10-08T23:59:59+08:00");
        SpFiles.take(intake, clock, NAME, SpFiles.quality(NAME, "UTF-8", RECORD));
        clock.set("2012-10-09T00:00:00+08:00");
        String late = "SPQ_100_201209_001.txt";
        SpFiles.take(intake, clock, late, SpFiles.quality(late, "UTF-8", RECORD));

        assertThat(database.client()
                        .sql("select late from sp_file order by file_id")
                        .query(Boolean.class)
                        .list())
                .containsExactly(false, true);
    }

    @Test
    void a_strange_name_is_refused_without_a_look_into_the_file() throws Exception {
        byte[] content = "whatever".getBytes(StandardCharsets.UTF_8);
        for (String name : List.of("report.txt", "SPQ_999_201209_001.txt", "SPQ_250_201213_001.txt", "${x}")) {
            assertThat(SpFiles.take(intake, clock, "CRM-250", name, content).receipt())
                    .isEqualTo("0|name|F01|a name like SPQ_250_201209_001.txt or SPS_901234_201209_001.txt\nE|1|0\n");
        }
    }
}
