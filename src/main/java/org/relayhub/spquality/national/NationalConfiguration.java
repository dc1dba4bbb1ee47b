package org.relayhub.spquality.national;

import java.time.Clock;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.spquality.file.FileCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What goes to SIMS, and what comes back. */
@Configuration(proxyBeanMethods = false)
class NationalConfiguration {

    @Bean
    NationalFiles nationalFiles(JdbcTemplate database, FileCheck check, MonthCalendar calendar, Clock clock) {
        return new NationalFiles(database, check.provinces(), calendar::deadline, clock);
    }

    @Bean
    SimsAnswers simsAnswers(JdbcTemplate database, FileCheck check, TransactionTemplate transaction, Clock clock) {
        return new SimsAnswers(database, check.provinces(), transaction, clock);
    }
}
