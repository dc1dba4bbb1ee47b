package org.relayhub.spquality.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayhub.TestDatabase;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.spquality.SpFiles.SetClock;
import org.relayhub.ticket.Notices;
import org.springframework.core.io.FileSystemResource;

class TimetableTest {

    private static final YearMonth SEPTEMBER = YearMonth.of(2012, 9);
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestDatabase database = TestDatabase.empty();
    private final SetClock clock = new SetClock("2012-09-20T12:00:00+08:00");
    private final MonthCalendar calendar = new MonthCalendar();
    private final SortedSet<String> missing = new TreeSet<>(List.of("100", "250", "311", "371"));
    private final Directory directory =
            Directories.of("parties: {CRM-100: {}, CRM-250: {}, CRM-311: {enabled: false}}");
    private final Reminders reminders = new Reminders(
            calendar,
            month -> new TreeSet<>(missing),
            directory,
            new Notices(
                    database.client(),
                    database.transaction(),
                    new HubDocuments(
                            new ActivityCodes(CodeTable.read(new FileSystemResource("schemas/"), "activities")),
                            new DocumentWriter()),
                    clock),
            database.client());
    private final List<Scheduler> hubs = new ArrayList<>();
    private final List<String> sendings = new CopyOnWriteArrayList<>();

    private Scheduler hub(String name, Runnable send) {
        var timetable = new Timetable(calendar, clock);
        Clock now = clock;
        Scheduler hub = Scheduler.create(database.dataSource())
                .startTasks(List.of(timetable.reminders(reminders), timetable.sending(Duration.ofMinutes(1), send)))
                .schedulerName(new SchedulerName.Fixed(name))
                .clock(now::instant)
                .threads(2)
                .pollingInterval(Duration.ofMillis(50))
                .failureLogging(LogLevel.OFF, false)
                .build();
        hubs.add(hub);
        hub.start();
        return hub;
    }

    @AfterEach
    void stop() {
        hubs.forEach(Scheduler::stop);
    }

    private List<String> sent() {
        return reminders.sent(SEPTEMBER, missing).stream()
                .map(reminder -> reminder.province() + " on " + reminder.day())
                .toList();
    }

    private void awaitNext(String time) {
        await(time).atMost(SOON).until(() -> database.client()
                .sql(
                        "select to_char(execution_time at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') from scheduled_tasks"
                                + " where task_name = 'sp-quality-reminders' and not picked")
                .query(String.class)
                .optional()
                .filter(time::equals)
                .isPresent());
    }

    @Test
    void two_hubs_remind_who_is_missing_once_on_each_day() {
        hub("one", () -> sendings.add("one"));
        hub("two", () -> sendings.add("two"));
        awaitNext("2012-10-06 09:00");
        clock.set("2012-10-06T08:59:59+08:00");
        assertThat(sent()).isEmpty();

        clock.set("2012-10-06T09:00:00+08:00");
        awaitNext("2012-10-08 09:00");
        assertThat(sent()).containsExactly("100 on 6", "250 on 6");
        missing.remove("100");
        clock.set("2012-10-08T09:00:00+08:00");
        awaitNext("2012-11-06 09:00");

        assertThat(reminders.sent(SEPTEMBER, List.of("100", "250", "311", "371")))
                .extracting(reminder -> reminder.province() + " on " + reminder.day())
                .containsExactly("100 on 6", "250 on 6", "250 on 8");
        assertThat(database.client()
                        .sql("select count(*) from delivery where state = 'pending' and leg_id is null")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
        assertThat(reminders.send(clock.instant()))
                .as("said again by whoever was slow")
                .isZero();
    }

    @Test
    void a_hub_that_was_away_reminds_when_it_is_back_and_a_new_one_of_nothing_old() {
        hub("one", () -> sendings.add("one")).stop();
        awaitNext("2012-10-06 09:00");
        clock.set("2012-10-07T12:00:00+08:00");

        hub("one", () -> sendings.add("one"));

        awaitNext("2012-10-08 09:00");
        assertThat(sent()).containsExactly("100 on 6", "250 on 6");
    }

    @Test
    void who_is_late_sends_the_last_ones_that_were_due_and_none_after_the_deadline() {
        clock.set("2012-10-05T23:00:00+08:00");
        assertThat(reminders.send(clock.instant())).isZero();
        clock.set("2012-10-06T23:59:00+08:00");
        missing.remove("250");
        assertThat(reminders.send(clock.instant())).isEqualTo(1);
        missing.add("250");
        clock.set("2012-10-07T00:01:00+08:00");
        assertThat(reminders.send(clock.instant()))
                .as("the rest, past midnight")
                .isEqualTo(1);
        assertThat(sent()).containsExactly("100 on 6", "250 on 6");
        clock.set("2012-10-09T00:00:00+08:00");
        assertThat(reminders.send(clock.instant())).isZero();
        assertThat(sent()).hasSize(2);
    }

    @Test
    void what_fails_is_tried_again() {
        var tries = new AtomicInteger();
        hub("one", () -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("SIMS is away");
            }
        });
        await().atMost(SOON).until(() -> tries.get() == 1);

        await("the clock runs").atMost(SOON).until(() -> {
            clock.set(clock.instant().plusSeconds(30).toString());
            return tries.get() == 2;
        });
    }

    @Test
    void dates_are_those_of_China() {
        assertThat(calendar.deadline(SEPTEMBER)).isEqualTo("2012-10-08T16:00:00Z");
        assertThat(calendar.isLate(SEPTEMBER, java.time.Instant.parse("2012-10-08T15:59:59Z")))
                .isFalse();
        assertThat(calendar.isLate(SEPTEMBER, java.time.Instant.parse("2012-10-08T16:00:00Z")))
                .isTrue();
        assertThat(calendar.reported(java.time.Instant.parse("2012-09-30T16:00:00Z")))
                .isEqualTo(SEPTEMBER);
        assertThat(calendar.nextReminder(java.time.Instant.parse("2012-12-31T16:00:00Z")))
                .isEqualTo("2013-01-06T01:00:00Z");
    }
}
