package org.relayhub.diagnosis.alarm;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The book of alarms, and what the route {@code alarms} calls. */
@Configuration(proxyBeanMethods = false)
class AlarmConfiguration {

    @Bean
    AlarmBook alarmBook(JdbcClient database, AlarmSettings settings) {
        return new AlarmBook(database, settings.keepCleared());
    }

    @Bean
    AlarmIntake alarmIntake(AlarmBook book, MeterRegistry meters, Clock clock) {
        return new AlarmIntake(book, meters, clock);
    }
}
