package org.relayhub;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.relayhub.delivery.Dispatcher;
import org.relayhub.directory.Directory;
import org.relayhub.directory.Links;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.probe.LinkHealth;
import org.relayhub.ticket.probe.Probes;
import org.relayhub.timer.Timer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Joins the probes to the links, the ledger and the timers. */
@Configuration(proxyBeanMethods = false)
class ProbeConfiguration {

    private static final Duration FOLLOWED_EVERY = Duration.ofSeconds(5);
    private static final Duration FORGOTTEN_EVERY = Duration.ofHours(1);

    @Bean
    Probes probes(
            JdbcClient database,
            TransactionTemplate transaction,
            Ledger ledger,
            HubDocuments documents,
            HubProperties hub,
            Directory directory,
            ObjectProvider<Dispatcher> dispatcher,
            MeterRegistry meters,
            Clock clock) {
        return new Probes(
                database,
                transaction,
                ledger,
                documents,
                hub.probes(),
                () -> probed(directory),
                party -> dispatcher.getObject().wake(party),
                meters,
                clock);
    }

    private static List<Party> probed(Directory directory) {
        return directory.parties().stream()
                .filter(PartyEntry::enabled)
                .map(PartyEntry::party)
                .filter(party -> directory.links().judge(Party.HUB, party, Activity.DISPATCH) == Links.Verdict.CARRIED)
                .toList();
    }

    @Bean
    LinkHealth linkHealth(JdbcClient database) {
        return new LinkHealth(database);
    }

    /** Where probes are not wanted nothing begins; what has begun is ended all the same. */
    @Bean
    RecurringTask<Void> probing(Probes probes, HubProperties hub) {
        boolean wanted = hub.probes().wanted();
        return Timer.of(
                "probes",
                FixedDelay.of(wanted ? hub.probes().every() : FORGOTTEN_EVERY),
                wanted ? probes::begin : () -> {});
    }

    @Bean
    RecurringTask<Void> followingProbes(Probes probes) {
        return Timer.of("probes-followed", FixedDelay.of(FOLLOWED_EVERY), probes::follow);
    }

    @Bean
    RecurringTask<Void> forgettingProbes(Probes probes) {
        return Timer.of("probes-forgotten", FixedDelay.of(FORGOTTEN_EVERY), probes::forget);
    }
}
