package org.relayhub.diagnosis.repair;

import java.time.Clock;
import org.relayhub.diagnosis.HubQuestions;
import org.relayhub.directory.Directory;
import org.relayhub.message.codes.OwnBusinessCatalogue;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the route {@code repair} calls by name. */
@Configuration(proxyBeanMethods = false)
class RepairConfiguration {

    @Bean
    Repairs repairs(
            Directory directory,
            OwnBusinessCatalogue operations,
            HubQuestions questions,
            ResponseCodes codes,
            JdbcClient database,
            Clock clock) {
        return new Repairs(directory, operations, questions, codes, new RepairAudit(database, clock), clock);
    }
}
