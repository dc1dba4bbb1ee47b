package org.relayhub;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import org.relayhub.message.Serial;
import org.relayhub.operations.report.DayBook;
import org.relayhub.ticket.archive.Archive;
import org.relayhub.ticket.archive.Retention;
import org.relayhub.timer.Timer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Joins to the timers what keeps the ledger small: the day book, which counts what is over, and the archive, which takes it. */
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    private static final Duration CLOSED_EVERY = Duration.ofHours(1);
    private static final Duration ARCHIVED_EVERY = Duration.ofMinutes(10);
    /** Other timers wait for a thread meanwhile. */
    private static final Duration LONGEST_RUN = Duration.ofMinutes(5);

    private static final LocalTime AT_NIGHT = LocalTime.of(4, 10);

    @Bean
    Archive archive(
            JdbcClient database,
            TransactionTemplate transaction,
            HubProperties hub,
            MeterRegistry meters,
            Clock clock) {
        return new Archive(database, transaction, hub.ledger(), LONGEST_RUN, meters, clock);
    }

    @Bean
    Retention retentionOfTheLedger(
            JdbcClient database,
            TransactionTemplate transaction,
            HubProperties hub,
            MeterRegistry meters,
            Clock clock) {
        return new Retention(database, transaction, hub.ledger(), meters, clock);
    }

    @Bean
    RecurringTask<Void> closingDays(DayBook days) {
        return Timer.of("days-closed", FixedDelay.of(CLOSED_EVERY), days::close);
    }

    @Bean
    RecurringTask<Void> archiving(Archive archive) {
        return Timer.of("ledger-archived", FixedDelay.of(ARCHIVED_EVERY), archive::move);
    }

    @Bean
    RecurringTask<Void> forgetting(Retention retentionOfTheLedger) {
        return Timer.of("ledger-pruned", Schedules.daily(Serial.CHINA, AT_NIGHT), retentionOfTheLedger::prune);
    }
}
