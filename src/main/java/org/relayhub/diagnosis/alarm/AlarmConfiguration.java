package org.relayhub.diagnosis.alarm;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/** The book of alarms, and what the route {@code alarms} calls. */
@Configuration(proxyBeanMethods = false)
class AlarmConfiguration {

    private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);

    @Bean
    AlarmBook alarmBook(JdbcClient database, AlarmSettings settings) {
        return new AlarmBook(database, settings.keepCleared());
    }

    @Bean
    AlarmIntake alarmIntake(AlarmBook book, MeterRegistry meters, Clock clock) {
        return new AlarmIntake(book, meters, clock);
    }

    /** Counted beside whoever asks: a database that is away must not hold up the other metrics. */
    @Bean
    MeterBinder activeAlarms(AlarmBook book) {
        AsyncLoadingCache<String, Double> counts =
                Caffeine.newBuilder().refreshAfterWrite(COUNTED_EVERY).buildAsync(all -> count(book));
        return meters -> Gauge.builder(
                        "hub.alarms.active", () -> counts.get("all").getNow(Double.NaN))
                .description("alarms of the network that are not cleared, in all hubs together")
                .register(meters);
    }

    private static double count(AlarmBook book) {
        try {
            return book.count();
        } catch (DataAccessException | TransactionException e) {
            return Double.NaN;
        }
    }
}
