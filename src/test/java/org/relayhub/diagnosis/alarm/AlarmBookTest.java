package org.relayhub.diagnosis.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.TestDatabase;

class AlarmBookTest {

    private static final Instant NINE = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant TEN = NINE.plus(Duration.ofHours(1));
    private static final Instant ELEVEN = NINE.plus(Duration.ofHours(2));
    private static final Instant NOON = NINE.plus(Duration.ofHours(3));
    private static final Duration KEEP = Duration.ofDays(7);
    private static final AlarmBook.Search ALL = new AlarmBook.Search(null, null, null);

    private TestDatabase database = TestDatabase.empty();
    private AlarmBook book = new AlarmBook(database.client(), KEEP);

    @BeforeEach
    void emptyBook() {
        database = TestDatabase.empty();
        book = new AlarmBook(database.client(), KEEP);
    }

    private static Alarm ofLine(String node, String id, String line, Severity severity, Instant raised) {
        return new Alarm(node, id, line, null, severity, raised, null, NOON, null);
    }

    private static Alarm alarm(String id, Severity severity, Instant raised, @Nullable Instant cleared) {
        return new Alarm("250", id, "L1", null, severity, raised, cleared, NOON, "光路中断");
    }

    private List<Alarm> active() {
        return book.find(ALL, 0, 100);
    }

    private List<String> ids() {
        return active().stream().map(Alarm::alarmId).toList();
    }

    private long rows() {
        return database.client()
                .sql("select count(*) from alarm")
                .query(Long.class)
                .single();
    }

    @Test
    void an_alarm_that_is_raised_is_active_with_all_that_was_said_of_it() {
        Alarm ofArea = new Alarm("431", "A1", null, "长春市朝阳区", Severity.CRITICAL, NINE, null, NOON, null);
        book.book(alarm("A1", Severity.MAJOR, TEN, null));
        book.book(ofArea);

        assertThat(active()).containsExactly(alarm("A1", Severity.MAJOR, TEN, null), ofArea);
    }

    @Test
    void the_same_alarm_again_is_one_alarm() {
        book.book(alarm("A1", Severity.MAJOR, TEN, null));
        book.book(alarm("A1", Severity.MAJOR, TEN, null));

        assertThat(active()).hasSize(1);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void the_later_raising_says_what_the_alarm_is_however_late_the_earlier_one_comes() {
        book.book(alarm("A1", Severity.MAJOR, TEN, null));
        book.book(new Alarm("250", "A1", null, "南京", Severity.MINOR, ELEVEN, null, NOON, "更新"));
        book.book(alarm("A1", Severity.CRITICAL, NINE, null));

        assertThat(active())
                .containsExactly(new Alarm("250", "A1", null, "南京", Severity.MINOR, ELEVEN, null, NOON, "更新"));
    }

    @Test
    void of_two_that_were_raised_at_the_same_time_the_more_severe_counts_in_either_order() {
        book.book(alarm("A1", Severity.MINOR, TEN, null));
        book.book(alarm("A1", Severity.CRITICAL, TEN, null));
        book.book(alarm("A2", Severity.CRITICAL, TEN, null));
        book.book(alarm("A2", Severity.MINOR, TEN, null));

        assertThat(active()).extracting(Alarm::severity).containsOnly(Severity.CRITICAL);
    }

    @Test
    void a_clearing_ends_it() {
        book.book(alarm("A1", Severity.MAJOR, TEN, null));
        book.book(alarm("A1", Severity.MAJOR, TEN, ELEVEN));
        book.book(alarm("A2", Severity.MAJOR, TEN, null));
        book.book(alarm("A2", Severity.MAJOR, TEN, TEN));

        assertThat(active()).isEmpty();
        assertThat(book.active("250", List.of("L1"), null, NINE)).isEmpty();
        assertThat(book.count()).isZero();
    }

    @Test
    void a_clearing_that_comes_before_its_raising_keeps_it_closed() {
        book.book(alarm("A1", Severity.MAJOR, TEN, ELEVEN));
        book.book(alarm("A1", Severity.MAJOR, TEN, null));

        assertThat(active()).isEmpty();
    }

    @Test
    void what_was_raised_before_the_clearing_does_not_open_it_again_and_what_was_raised_later_does() {
        book.book(alarm("A1", Severity.MAJOR, NINE, TEN));
        book.book(alarm("A1", Severity.MAJOR, TEN, null));
        assertThat(active()).as("raised when it was cleared").isEmpty();

        book.book(alarm("A1", Severity.MINOR, ELEVEN, null));
        book.book(alarm("A1", Severity.MAJOR, NINE, TEN));
        book.book(alarm("A1", Severity.MAJOR, NINE, null));

        assertThat(active()).singleElement().satisfies(again -> {
            assertThat(again.raisedAt()).isEqualTo(ELEVEN);
            assertThat(again.severity()).isEqualTo(Severity.MINOR);
            assertThat(again.clearedAt()).as("the occurrence before").isEqualTo(TEN);
        });
    }

    @Test
    void the_same_id_of_another_province_is_another_alarm() {
        book.book(ofLine("250", "A1", "L1", Severity.MAJOR, TEN));
        book.book(ofLine("100", "A1", "L1", Severity.MAJOR, TEN));
        book.book(new Alarm("250", "A1", "L1", null, Severity.MAJOR, TEN, ELEVEN, NOON, null));

        assertThat(active()).extracting(Alarm::node).containsExactly("100");
    }

    @Test
    void a_diagnosis_finds_what_is_active_on_its_lines_or_in_its_area_the_most_severe_first() {
        book.book(ofLine("250", "minor", "L1", Severity.MINOR, ELEVEN));
        book.book(ofLine("250", "older", "L2", Severity.MAJOR, TEN));
        book.book(ofLine("250", "newer", "L1", Severity.MAJOR, ELEVEN));
        book.book(ofLine("250", "another line", "L3", Severity.CRITICAL, ELEVEN));
        book.book(ofLine("100", "another province", "L1", Severity.CRITICAL, ELEVEN));
        book.book(ofLine("250", "too old", "L1", Severity.CRITICAL, TEN.minusSeconds(1)));
        book.book(new Alarm("250", "area", null, "南京", Severity.CRITICAL, TEN, null, NOON, null));
        book.book(new Alarm("250", "another area", null, "苏州", Severity.CRITICAL, TEN, null, NOON, null));
        book.book(new Alarm("250", "cleared", "L1", null, Severity.CRITICAL, TEN, ELEVEN, NOON, null));

        assertThat(book.active("250", List.of("L1", "L2"), "南京", TEN))
                .extracting(Alarm::alarmId)
                .containsExactly("area", "newer", "older", "minor");
        assertThat(book.active("250", List.of("L2"), null, TEN))
                .extracting(Alarm::alarmId)
                .containsExactly("older");
        assertThat(book.active("250", List.of(), "苏州", TEN))
                .extracting(Alarm::alarmId)
                .containsExactly("another area");
        assertThat(book.active("250", List.of(), null, TEN)).isEmpty();
        // The text of one line is never taken for several, nor for part of the statement.
        assertThat(book.active("250", List.of("L1,L2", "{L1}", "' or true --", "%"), "_", TEN))
                .isEmpty();
    }

    @Test
    void a_diagnosis_gets_no_more_than_twenty() {
        for (int i = 0; i < 25; i++) {
            book.book(ofLine("250", "A" + i, "L1", i == 24 ? Severity.CRITICAL : Severity.MINOR, TEN.plusSeconds(i)));
        }

        assertThat(book.active("250", List.of("L1"), null, TEN))
                .hasSize(20)
                .first()
                .extracting(Alarm::alarmId)
                .isEqualTo("A24");
    }

    @Test
    void a_search_finds_what_it_names_newest_first() {
        book.book(ofLine("250", "A1", "L1", Severity.MINOR, NINE));
        book.book(ofLine("250", "A2", "L2", Severity.CRITICAL, TEN));
        book.book(ofLine("100", "A3", "L1", Severity.MINOR, ELEVEN));
        book.book(new Alarm("250", "A4", null, "南京", Severity.MINOR, NOON, null, NOON, null));

        assertThat(ids()).containsExactly("A4", "A3", "A2", "A1");
        assertThat(book.find(new AlarmBook.Search("250", null, null), 1, 1))
                .extracting(Alarm::alarmId)
                .containsExactly("A2");
        assertThat(book.find(new AlarmBook.Search(null, "L1", null), 0, 9))
                .extracting(Alarm::alarmId)
                .containsExactly("A3", "A1");
        assertThat(book.find(new AlarmBook.Search("250", null, "南京"), 0, 9))
                .extracting(Alarm::alarmId)
                .containsExactly("A4");
        assertThat(book.find(new AlarmBook.Search("100", "L2", null), 0, 9)).isEmpty();
        assertThat(book.count()).isEqualTo(4);
    }

    @Test
    void what_was_cleared_is_forgotten_with_a_later_clearing_and_what_is_active_never_is() {
        book.book(alarm("cleared", Severity.MAJOR, NINE, TEN));
        book.book(alarm("active", Severity.MAJOR, NINE, null));
        Instant week = NOON.plus(KEEP);

        clearAnother("B1", week);
        assertThat(rows()).as("for a week").isEqualTo(3);

        clearAnother("B2", week.plusSeconds(1));
        assertThat(rows()).as("and no longer").isEqualTo(3);
        assertThat(ids()).containsExactly("active");
    }

    private void clearAnother(String id, Instant received) {
        book.book(new Alarm("100", id, "L9", null, Severity.MINOR, NINE, TEN, received, null));
    }

    @Test
    void a_clearing_that_came_late_is_remembered_from_when_it_came() {
        Instant later = NOON.plus(KEEP).plus(KEEP);
        book.book(new Alarm("250", "late", "L1", null, Severity.MAJOR, NINE, TEN, later, null));
        clearAnother("B1", later.plus(KEEP));

        book.book(new Alarm("250", "late", "L1", null, Severity.MAJOR, NINE, null, later.plus(KEEP), null));

        assertThat(active()).isEmpty();
    }

    @Test
    void a_clearing_whose_own_alarm_was_old_enough_to_be_forgotten_still_counts() {
        book.book(alarm("A1", Severity.MAJOR, NINE, TEN));
        Instant later = NOON.plus(KEEP).plusSeconds(1);

        book.book(new Alarm("250", "A1", "L1", null, Severity.MAJOR, TEN, ELEVEN, later, null));
        book.book(new Alarm("250", "A1", "L1", null, Severity.MAJOR, TEN, null, later, null));

        assertThat(active()).isEmpty();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void hubs_that_book_and_forget_at_the_same_time_do_not_wait_for_each_other_in_a_circle() throws Exception {
        ExecutorService hubs = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int hub = 0; hub < 8; hub++) {
                int own = hub;
                running.add(hubs.submit(() -> {
                    for (int i = 0; i < 100; i++) {
                        Instant received = NOON.plus(KEEP.multipliedBy(i + 1L)).plusSeconds(i);
                        String id = "A" + (i * 7 + own * 3) % 10;
                        book.book(new Alarm("250", id, "L1", null, Severity.MAJOR, NINE, TEN, received, null));
                    }
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            hubs.shutdownNow();
        }

        assertThat(active()).isEmpty();
    }

    @Test
    void what_a_diagnosis_a_search_and_the_gauge_ask_is_found_by_an_index() {
        database.client().sql("""
                        insert into alarm (node, alarm_id, line_no, area, severity, raised_at, cleared_at, received_at)
                        select lpad((n % 31)::text, 3, '0'), 'A' || n,
                               case when n % 2 = 0 then 'L' || n end, case when n % 2 = 1 then 'R' || n % 400 end,
                               'MINOR', cast(:nine as timestamptz) + n * interval '1 s',
                               case when n % 10 > 0 then cast(:nine as timestamptz) + n * interval '2 s' end, :nine
                          from generate_series(1, 40000) n
                        """).param("nine", Timestamp.from(NINE)).update();
        database.client().sql("vacuum analyze alarm").update();

        assertThat(plan("select * from alarm where active and node = '001' and raised_at >= '2026-01-01'"
                        + " and (line_no = any ('{L10,L20}') or area = 'R30')"
                        + " order by severity desc, raised_at desc, alarm_id limit 20"))
                .contains("alarm_of_line", "alarm_of_area")
                .doesNotContain("Seq Scan");
        assertThat(plan("select * from alarm where active order by raised_at desc, node, alarm_id limit 51"))
                .contains("alarm_newest")
                .doesNotContain("Seq Scan");
        assertThat(plan("select * from alarm where active and node = '001' order by raised_at desc, alarm_id limit 51"))
                .contains("alarm_newest")
                .doesNotContain("Seq Scan");
        assertThat(plan("select count(*) from alarm where active")).doesNotContain("Seq Scan");
        assertThat(plan("select node, alarm_id from alarm where not active and received_at < '2026-01-01'"
                        + " order by received_at limit 100"))
                .contains("alarm_cleared")
                .doesNotContain("Seq Scan");
    }

    private String plan(String statement) {
        return String.join(
                "\n",
                database.client()
                        .sql("explain " + statement)
                        .query(String.class)
                        .list());
    }
}
