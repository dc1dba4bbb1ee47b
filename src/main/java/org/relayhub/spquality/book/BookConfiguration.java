package org.relayhub.spquality.book;

import java.time.Clock;
import org.relayhub.spquality.SpQualitySettings;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.spquality.file.FileCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The month's book and what goes to SIMS of it. */
@Configuration(proxyBeanMethods = false)
class BookConfiguration {

    @Bean
    MonthBook monthBook(JdbcTemplate database, FileCheck check, Clock clock) {
        return new MonthBook(database, check.provinces(), clock);
    }

    @Bean
    DroppedFiles droppedFiles(JdbcClient database) {
        return new DroppedFiles(database);
    }

    @Bean
    NationalFiles nationalFiles(JdbcTemplate database, FileCheck check, MonthCalendar calendar, Clock clock) {
        return new NationalFiles(database, check.provinces(), calendar::deadline, clock);
    }

    @Bean
    SimsAnswers simsAnswers(JdbcTemplate database, FileCheck check, TransactionTemplate transaction, Clock clock) {
        return new SimsAnswers(database, check.provinces(), transaction, clock);
    }

    @Bean
    Retention spQualityRetention(JdbcClient database, SpQualitySettings settings, Clock clock) {
        return new Retention(database, settings.keepMonths(), clock);
    }
}
