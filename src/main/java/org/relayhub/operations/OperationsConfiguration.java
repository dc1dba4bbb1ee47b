package org.relayhub.operations;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.relayhub.directory.Directory;
import org.relayhub.directory.watch.FilesWatch;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.operations.desk.AuditTrail;
import org.relayhub.operations.desk.DeliveryDesk;
import org.relayhub.operations.desk.DueLegs;
import org.relayhub.operations.desk.MessageDesk;
import org.relayhub.operations.desk.PartyDesk;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.Story;
import org.relayhub.operations.desk.Traffic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The operations API and what it reads. */
@Configuration(proxyBeanMethods = false)
@Import({
    TicketsEndpoint.class,
    MessagesEndpoint.class,
    DeliveriesEndpoint.class,
    PartiesEndpoint.class,
    Problems.class,
    StartNotice.class
})
class OperationsConfiguration {

    @Bean
    Story story(MessageDesk messages, ResponseCodes codes) {
        return new Story(messages, codes);
    }

    @Bean
    DeliveryDesk deliveryDesk(JdbcClient database, Clock clock) {
        return new DeliveryDesk(database, clock);
    }

    @Bean
    PartyDesk partyDesk(JdbcClient database, Clock clock) {
        return new PartyDesk(database, clock);
    }

    @Bean
    MessageDesk messageDesk(JdbcClient database) {
        return new MessageDesk(database);
    }

    @Bean
    PartyOverview partyOverview(Directory directory, PartyDesk desk, CircuitBreakerRegistry circuits) {
        return new PartyOverview(directory, desk, circuits);
    }

    @Bean
    DueLegs dueLegs(JdbcClient database) {
        return new DueLegs(database);
    }

    @Bean
    AuditTrail auditTrail(JdbcClient database) {
        return new AuditTrail(database);
    }

    @Bean
    Traffic traffic(JdbcClient database, Clock clock) {
        return new Traffic(database, clock);
    }

    /** Says of each file that is followed whether it is in effect as it is now: 1 as long as it is refused. */
    @Bean
    MeterBinder filesRefused(FilesWatch watch) {
        return meters -> watch.files().forEach(file -> Gauge.builder(
                        "hub.file.refused", file, watched -> watched.refusal().isPresent() ? 1 : 0)
                .tag("file", file.name())
                .description("1 while the file is broken and what was in effect before stays")
                .register(meters));
    }
}
