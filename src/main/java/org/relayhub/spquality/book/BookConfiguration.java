package org.relayhub.spquality.book;

import java.time.Clock;
import org.relayhub.spquality.SpQualitySettings;
import org.relayhub.spquality.file.FileCheck;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The month's book. */
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
    Retention spQualityRetention(JdbcClient database, SpQualitySettings settings, Clock clock) {
        return new Retention(database, settings.keepMonths(), clock);
    }
}
