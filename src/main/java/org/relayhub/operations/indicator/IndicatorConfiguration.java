package org.relayhub.operations.indicator;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.directory.Directory;
import org.relayhub.operations.desk.DueLegs;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.report.DayBook;
import org.relayhub.operations.report.ReportDesk;
import org.relayhub.operations.report.Subscribers;
import org.relayhub.spquality.book.DroppedFiles;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.ticket.Handlings;
import org.relayhub.ticket.probe.LinkHealth;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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

    @Bean
    MeterBinder partyIndicators(Directory directory, PartyOverview overview, LinkHealth health, Clock clock) {
        return new PartyIndicators(directory, overview, health, clock);
    }

    @Bean
    MeterBinder provinceIndicators(Subscribers subscribers, DayBook days, ReportDesk reports, Clock clock) {
        return new ProvinceIndicators(subscribers, days, reports, clock);
    }

    private static MeterBinder counted(String name, String description, LongSupplier count, String... tags) {
        var last = new Snapshot<Long>(COUNTED_EVERY, count::getAsLong);
        return meters -> Gauge.builder(name, () -> last.value(Long::doubleValue))
                .description(description)
                .tags(tags)
                .register(meters);
    }
}
