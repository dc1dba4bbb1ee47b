package org.relayhub;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.relayhub.adapter.sftp.SftpServers;
import org.relayhub.directory.Directory;
import org.relayhub.spquality.SpQualitySettings;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.book.Retention;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.spquality.calendar.Reminders;
import org.relayhub.spquality.calendar.Timetable;
import org.relayhub.spquality.national.NationalFiles;
import org.relayhub.spquality.national.NationalSending;
import org.relayhub.ticket.Notices;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Joins the monthly SP files to the SFTP servers and to the timers. */
@Configuration(proxyBeanMethods = false)
class SpQualityConfiguration {

    /** Of {@code routes/sp-file-sync.camel.yaml}; what is called stands before what calls it. */
    private static final List<String> ROUTES = List.of(
            "sp-national-to-sims", "sp-national", "sims-answers", "sp-file-sync", "sp-file-strange", "sp-file-pruning");

    @Bean
    SpQualitySettings spQualitySettings(HubProperties hub) {
        return hub.spQuality();
    }

    @Bean
    MonthCalendar monthCalendar() {
        return new MonthCalendar();
    }

    @Bean
    Reminders reminders(
            MonthCalendar calendar, MonthBook book, Directory directory, Notices notices, JdbcClient database) {
        return new Reminders(calendar, book::missing, directory, notices, database);
    }

    @Bean
    Timetable timetable(MonthCalendar calendar, Clock clock) {
        return new Timetable(calendar, clock);
    }

    @Bean
    RecurringTask<Void> reminding(Timetable timetable, Reminders reminders) {
        return timetable.reminders(reminders);
    }

    @Bean
    RecurringTask<Void> sending(Timetable timetable, SpQualitySettings settings, NationalSending sending) {
        return timetable.sending(settings.sendEvery(), sending::sendDue);
    }

    @Bean
    RecurringTask<Void> pruning(Timetable timetable, Retention retention) {
        return timetable.pruning(retention::prune);
    }

    @Bean
    NationalSending nationalSending(NationalFiles files, SftpServers servers, CamelContext camel) {
        ProducerTemplate routes = camel.createProducerTemplate();
        return new NationalSending(
                files,
                servers.find(SftpServers.SIMS).isPresent(),
                month -> routes.requestBody("direct:sp-national", month));
    }

    /** Made from templates, where there is a server, so they are made when the templates are loaded. */
    @Bean
    CamelContextConfiguration spFileRoutes(SftpServers servers) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                // The templates are not loaded yet.
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                if (servers.find(SftpServers.PARTIES).isPresent()) {
                    ROUTES.forEach(route -> TemplatedRouteBuilder.builder(camel, route)
                            .routeId(route)
                            .add());
                }
            }
        };
    }
}
