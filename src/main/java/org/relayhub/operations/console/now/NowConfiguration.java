package org.relayhub.operations.console.now;

import java.time.Clock;
import org.relayhub.operations.desk.DueLegs;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.Traffic;
import org.relayhub.spquality.book.MonthBook;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What the page needs. */
@Configuration(proxyBeanMethods = false)
@Import(NowPage.class)
class NowConfiguration {

    @Bean
    Board board(PartyOverview parties, DueLegs due, Traffic traffic, MonthBook book, Clock clock) {
        return new Board(parties, due, traffic, book, clock);
    }

    @Bean(destroyMethod = "close")
    News news() {
        return new News();
    }
}
