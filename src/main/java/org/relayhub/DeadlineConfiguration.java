package org.relayhub;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.ticket.Notices;
import org.relayhub.ticket.deadline.DeadlineTable;
import org.relayhub.ticket.deadline.DeadlineWatch;
import org.relayhub.timer.Timer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Joins the deadlines of tickets to the timers. */
@Configuration(proxyBeanMethods = false)
class DeadlineConfiguration {

    @Bean
    DeadlineWatch deadlineWatch(
            JdbcClient database,
            TransactionTemplate transaction,
            Resource schemas,
            HubProperties hub,
            Notices notices,
            Directory directory,
            MeterRegistry meters,
            Clock clock) {
        return new DeadlineWatch(
                database,
                transaction,
                new DeadlineTable(CodeTable.read(schemas, "deadlines")),
                hub.deadlines(),
                notices,
                party -> directory.find(party).filter(PartyEntry::enabled).isPresent(),
                meters,
                clock);
    }

    @Bean
    RecurringTask<Void> lookingAtDeadlines(DeadlineWatch watch, HubProperties hub) {
        return Timer.of("deadlines", FixedDelay.of(hub.deadlines().lookEvery()), watch::look);
    }
}
