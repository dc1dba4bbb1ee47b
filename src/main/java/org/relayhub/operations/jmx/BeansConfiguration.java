package org.relayhub.operations.jmx;

import org.relayhub.directory.Directory;
import org.relayhub.operations.desk.DeliveryDesk;
import org.relayhub.operations.desk.PartyDesk;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.Story;
import org.relayhub.ticket.Tickets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.EnableMBeanExport;
import org.springframework.jmx.support.RegistrationPolicy;

/** The beans of the domain {@code org.relayhub}. */
@Configuration(proxyBeanMethods = false)
@EnableMBeanExport(registration = RegistrationPolicy.REPLACE_EXISTING)
class BeansConfiguration {

    @Bean
    TicketBean ticketBean(Tickets tickets, Story story) {
        return new TicketBean(tickets, story);
    }

    @Bean
    DeliveryBean deliveryBean(DeliveryDesk desk, PartyOverview parties, Story story) {
        return new DeliveryBean(desk, parties, story);
    }

    @Bean
    PartyBean partyBean(Directory directory, PartyDesk desk) {
        return new PartyBean(directory, desk);
    }
}
