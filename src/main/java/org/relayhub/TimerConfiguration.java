package org.relayhub;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Fires what is due at a time: each timer in one hub of many, and what a hub has died over in another. */
@Configuration(proxyBeanMethods = false)
class TimerConfiguration {

    private static final int THREADS = 2;
    /** A hub that has not said for four of them that it lives is taken for dead. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(30);

    private static final int MISSED_HEARTBEATS = 4;

    @Bean(destroyMethod = "stop")
    Scheduler timers(DataSource database, HubProperties hub, List<RecurringTask<Void>> tasks, Clock clock) {
        return Scheduler.create(database)
                .startTasks(tasks)
                .schedulerName(new SchedulerName.Fixed(hub.name()))
                .clock(clock::instant)
                .threads(THREADS)
                .pollingInterval(hub.timers().pollEvery())
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                // Whoever fails says so itself, once and in the hub's words.
                .failureLogging(LogLevel.OFF, false)
                .build();
    }

    /** What they call is there when the hub is ready. */
    @Bean
    ApplicationListener<ApplicationReadyEvent> timersWhenReady(Scheduler timers) {
        return ready -> timers.start();
    }
}
