package org.relayhub.spquality.calendar;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.relayhub.message.Serial;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done of the monthly SP files at which time. Of several hubs one does it; what was due while none was there is
 * done once when one is; what fails is said once and tried again.
 */
public final class Timetable {

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);

    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final LocalTime PRUNED_AT = LocalTime.of(3, 30);

    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final MonthCalendar calendar;
    private final Clock clock;

    public Timetable(MonthCalendar calendar, Clock clock) {
        this.calendar = calendar;
        this.clock = clock;
    }

    /** On the days of the calendar. */
    public RecurringTask<Void> reminders(Reminders reminders) {
        return task("sp-quality-reminders", new ReminderDays(calendar), () -> reminders.send(clock.instant()));
    }

    /** Every now and then: what is due is seen in the database, so that no word of a change can be lost. */
    public RecurringTask<Void> sending(Duration every, Runnable sendDue) {
        return task("sp-quality-sending", FixedDelay.of(every), sendDue);
    }

    /** Every night. */
    public RecurringTask<Void> pruning(Runnable prune) {
        return task("sp-quality-pruning", new Daily(Serial.CHINA, PRUNED_AT), prune);
    }

    private RecurringTask<Void> task(String name, Schedule schedule, Runnable work) {
        return Tasks.recurring(name, schedule)
                .onFailure((failed, next) ->
                        next.reschedule(failed, failed.getTimeDone().plus(TRIED_AGAIN_AFTER)))
                .execute((instance, context) -> {
                    try {
                        work.run();
                        if (failing.remove(name)) {
                            LOG.info("{} works again", name);
                        }
                    } catch (RuntimeException e) {
                        if (failing.add(name)) {
                            LOG.warn("{} fails and is tried again until it works: {}", name, cause(e));
                        }
                        throw e;
                    }
                });
    }

    private static String cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause);
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
