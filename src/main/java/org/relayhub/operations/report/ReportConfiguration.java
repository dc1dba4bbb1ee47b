package org.relayhub.operations.report;

import java.time.Clock;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The day book and who reads it. */
@Configuration(proxyBeanMethods = false)
@Import(ReportEndpoint.class)
class ReportConfiguration {

    @Bean
    Subscribers subscribers(Resource schemas) {
        return new Subscribers(
                CodeTable.read(schemas, "subscribers"),
                CodeTable.read(schemas, "provinces").rows().stream()
                        .map(row -> row.require("code"))
                        .toList());
    }

    @Bean
    DayBook dayBook(
            JdbcClient database,
            TransactionTemplate transaction,
            ActivityCodes activities,
            ResponseCodes codes,
            Subscribers subscribers,
            Clock clock) {
        return new DayBook(database, transaction, new ProvinceCounts(database, activities, codes), subscribers, clock);
    }

    @Bean
    ReportDesk reportDesk(DayBook days) {
        return new ReportDesk(days);
    }
}
