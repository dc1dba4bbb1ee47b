package org.relayhub.operations.console.ticket;

import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the pages need. */
@Configuration(proxyBeanMethods = false)
@Import(TicketPages.class)
class TicketConfiguration {

    @Bean
    DiagramWords diagramWords(MessageSource words) {
        return new DiagramWords(words);
    }
}
