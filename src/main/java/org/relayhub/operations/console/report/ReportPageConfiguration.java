package org.relayhub.operations.console.report;

import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the page needs. */
@Configuration(proxyBeanMethods = false)
@Import(ReportPage.class)
class ReportPageConfiguration {

    @Bean
    ReportSheet reportSheet(MessageSource words) {
        return new ReportSheet(words);
    }
}
