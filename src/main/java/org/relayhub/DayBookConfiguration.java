package org.relayhub;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import org.relayhub.operations.report.DayBook;
import org.relayhub.timer.Timer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Joins the day book to the timers. */
@Configuration(proxyBeanMethods = false)
class DayBookConfiguration {

    private static final Duration CLOSED_EVERY = Duration.ofHours(1);

    @Bean
    RecurringTask<Void> closingDays(DayBook days) {
        return Timer.of("days-closed", FixedDelay.of(CLOSED_EVERY), days::close);
    }
}
