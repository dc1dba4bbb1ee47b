package org.relayhub.operations;

import java.time.Clock;
import org.relayhub.message.codes.ResponseCodes;
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
}
