package org.relayhub.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartiesWatch;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableMBeanExport;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jmx.support.RegistrationPolicy;

/** The operations API and what it reads. */
@Configuration(proxyBeanMethods = false)
@EnableMBeanExport(registration = RegistrationPolicy.REPLACE_EXISTING)
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
    Story story(JdbcClient database, ResponseCodes codes) {
        return new Story(database, codes);
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
    PartiesBean partiesBean(Directory directory, PartyDesk desk) {
        return new PartiesBean(directory, desk);
    }

    /** Says whether the file is in effect as it is now: 1 as long as it is refused. */
    @Bean
    MeterBinder partiesFileRefused(ObjectProvider<PartiesWatch> watch) {
        return meters -> Gauge.builder(
                        "hub.parties.file.refused",
                        () -> watch.getIfAvailable() != null
                                        && watch.getObject().refusal().isPresent()
                                ? 1
                                : 0)
                .description("1 while parties.yaml is broken and the parties stay as they were")
                .register(meters);
    }
}
