package org.relayhub.operations.console.now;

import java.time.Clock;
import org.relayhub.operations.desk.DueLegs;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.Traffic;
import org.relayhub.spquality.book.MonthBook;
import org.relayhub.spquality.calendar.MonthCalendar;
import org.relayhub.ticket.probe.LinkHealth;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the page needs. */
@Configuration(proxyBeanMethods = false)
@Import(NowPage.class)
class NowConfiguration {

    @Bean
    Board board(
            PartyOverview parties,
            DueLegs due,
            LinkHealth links,
            Traffic traffic,
            MonthBook book,
            MonthCalendar calendar,
            Clock clock) {
        return new Board(parties, due, links, traffic, book, calendar, clock);
    }

    @Bean
    News news() {
        return new News();
    }
}
