package org.relayhub.spquality.calendar;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.relayhub.message.Serial;
import org.relayhub.timer.Timer;

/**
 * What is done of the monthly SP files at which time.
 */
public final class Timetable {

    private static final LocalTime PRUNED_AT = LocalTime.of(3, 30);

    private final MonthCalendar calendar;
    private final Clock clock;

    public Timetable(MonthCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    /** On the days of the calendar. */
    public RecurringTask<Void> reminders(Reminders reminders) {
        return Timer.of("sp-quality-reminders", new ReminderDays(calendar), () -> reminders.send(clock.instant()));
    }

    /** Every now and then: what is due is seen in the database, so that no word of a change can be lost. */
    public RecurringTask<Void> sending(Duration every, Runnable sendDue) {
        return Timer.of("sp-quality-sending", FixedDelay.of(every), sendDue);
    }

    /** Every night. */
    public RecurringTask<Void> pruning(Runnable prune) {
        return Timer.of("sp-quality-pruning", new Daily(Serial.CHINA, PRUNED_AT), prune);
    }

    private record ReminderDays(MonthCalendar calendar) implements Schedule {

        @Override
        public Instant getNextExecutionTime(ExecutionComplete done) {
            return calendar.nextReminder(done.getTimeDone());
        }

        @Override
        public Instant getInitialExecutionTime(Instant now) {
            return calendar.nextReminder(now);
        }

        @Override
        public boolean isDeterministic() {
            return true;
        }
    }
}
