package org.relayhub.operations.indicator;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.operations.desk.DueLegs;
import org.relayhub.spquality.book.DroppedFiles;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.calendar.MonthCalendar;
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

    @Bean
    MeterBinder overdueLegs(DueLegs due, Clock clock) {
        return counted(
                "hub.deadlines.overdue",
                "legs that are not answered and should be, tests left out, in all hubs together",
                () -> due.count(Instant.EPOCH, clock.instant()));
    }

    /** One for each state; those that are received and not decided wait, or cannot be taken in. */
    @Bean
    MeterBinder spFiles(DroppedFiles files) {
        return meters -> List.of("received", "accepted", "repeated", "refused").forEach(state -> counted(
                        "hub.sp.files",
                        "SP files that are kept, by state, in all hubs together",
                        () -> files.count(state),
                        "state",
                        state)
                .bindTo(meters));
    }

    @Bean
    MeterBinder missingProvinces(MonthBook book, MonthCalendar calendar, Clock clock) {
        return counted(
                "hub.sp.provinces.missing",
                "provinces whose SP file of last month is not accepted and not being looked at",
                () -> book.missing(calendar.reported(clock.instant())).size());
    }

    /** Counted beside whoever asks: a database that is away must not hold up the other metrics. */
    private static MeterBinder counted(String name, String description, LongSupplier count, String... tags) {
        AsyncLoadingCache<String, Double> counts =
                Caffeine.newBuilder().refreshAfterWrite(COUNTED_EVERY).buildAsync(key -> now(count));
        return meters -> Gauge.builder(name, () -> counts.get(name).getNow(Double.NaN))
                .description(description)
                .tags(tags)
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
