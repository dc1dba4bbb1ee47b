package org.relayhub.operations.indicator;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.ticket.Handlings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The figures, all hubs together. */
@Configuration(proxyBeanMethods = false)
class IndicatorConfiguration {

    private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);

    @Bean
    MeterBinder activeAlarms(AlarmBook book) {
        return counted(
                "hub.alarms.active", "alarms of the network that are not cleared, in all hubs together", book::count);
    }

    @Bean
    MeterBinder openHandlings(Handlings handlings) {
        return counted(
                "hub.handlings.open",
                "handlings of which nobody knows whether they were done, in all hubs together",
                handlings::openCount);
    }

    /** Counted beside whoever asks: a database that is away must not hold up the other metrics. */
    private static MeterBinder counted(String name, String description, LongSupplier count) {
        AsyncLoadingCache<String, Double> counts =
                Caffeine.newBuilder().refreshAfterWrite(COUNTED_EVERY).buildAsync(key -> now(count));
        return meters -> Gauge.builder(name, () -> counts.get(name).getNow(Double.NaN))
                .description(description)
                .register(meters);
    }

    private static double now(LongSupplier count) {
        try {
            return count.getAsLong();
        } catch (DataAccessException | TransactionException e) {
            return Double.NaN;
        }
    }
}
