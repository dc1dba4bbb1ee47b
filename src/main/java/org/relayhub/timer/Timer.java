package org.relayhub.timer;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that is done again and again: of several hubs one does it; what was due while none was there is done once when one
 * is; what fails is said once and tried again.
 */
public final class Timer {

    private static final Logger LOG = LoggerFactory.getLogger(Timer.class);

    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(1);

    private Timer() {}

    /**
     * A timer.
     *
     * @param name its name in the database: the same for all hubs, for ever
     * @param work may be done twice, if a hub dies over it
     */
    public static RecurringTask<Void> of(String name, Schedule schedule, Runnable work) {
        var failing = new AtomicBoolean();
        return Tasks.recurring(name, schedule)
                .onFailure((failed, next) ->
                        next.reschedule(failed, failed.getTimeDone().plus(TRIED_AGAIN_AFTER)))
                .execute((instance, context) -> {
                    try {
                        work.run();
                        if (failing.getAndSet(false)) {
                            LOG.info("{} works again", name);
                        }
                    } catch (RuntimeException e) {
                        if (!failing.getAndSet(true)) {
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
}
