package org.relayhub.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.Activity.DISPATCH;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.Messages;
import org.relayhub.delivery.DeliveryStatements;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.ticket.Ledger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whatever a hub does all the time finds its rows by an index, however many there are. Whoever is to look at more says how
 * many with {@code -Dledger.tickets}, and where they are kept with {@code -Dledger.folder}; {@code -Dledger.compare=true} takes
 * the time as well.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansTest {

    private static final Logger LOG = LoggerFactory.getLogger(PlansTest.class);

    private static final int TICKETS = Integer.getInteger("ledger.tickets", 100_000);

    /** A table with fewer rows is read whole by the best of plans. */
    private static final int LARGE = 10_000;
    /**
     * How many rows a statement may read in vain, beside what waits: those of the pages that a BRIN index names are among
     * them.
     */
    private static final int IN_VAIN = 5_000;
    /** A person may ask for what is rare among what is new, and waits for a second. */
    private static final int IN_VAIN_BY_SEARCH = 100_000;

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party SIMS = Party.of("SIMS-000");

    private static final int ROUNDS = 10;
    private static final int TURN = 100;

    private final FilledLedger ledger;
    private final Clock clock = Clock.systemUTC();
    private final Set<String> large;

    PlansTest() throws IOException {
        ledger = new FilledLedger(TICKETS, System.getProperty("ledger.folder"));
        large = new HashSet<>(ledger.database()
                .sql("select relname from pg_class where relkind = 'r' and reltuples > :large")
                .param("large", LARGE)
                .query(String.class)
                .list());
    }

    @BeforeAll
    void whatAnEarlierRunHasSentIsNotSentAgain() {
        long used = ledger.database().sql("""
                        select coalesce(max(right(trans_ido, 19)::bigint), 0) from received_serial
                         where sender in ('CRM-250', 'CSVC-000', 'SIMS-000') and trans_ido ~ '^[A-Z]+[0-9]{3}T[0-9]{19}$'
                        """).query(Long.class).single();
        for (long serial = 0; serial < used; serial++) {
            Messages.transIdo(CRM);
        }
    }

    @AfterAll
    void stop() throws IOException {
        ledger.close();
    }

    @Test
    void the_tables_are_large() {
        assertThat(large).contains("ticket", "leg", "message", "received_serial", "delivery", "attempt", "probe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "force_generic_plan"})
    void each_statement_stays_on_its_indexes(String mode) {
        var recorded = new RecordedPlans(ledger.dataSource(), mode);
        var hub = new HubWork(ledger, recorded, clock);

        hub.run();
        if (mode.equals("auto")) {
            // What people ask is planned for the values at hand, unless that is no better than for any.
            hub.show();
        }

        long waiting = ledger.database()
                .sql("select count(*) from delivery where state in ('pending', 'retrying', 'dead')")
                .query(Long.class)
                .single();
        check(mode, recorded.plans(), IN_VAIN + waiting);
    }

    @Test
    void each_search_stays_on_its_indexes() {
        var recorded = new RecordedPlans(ledger.dataSource(), "auto");

        new HubWork(ledger, recorded, clock).search();

        check("searches", recorded.plans(), IN_VAIN_BY_SEARCH);
    }

    private void check(String what, List<RecordedPlans.Plan> plans, long inVain) {
        assertThat(plans).hasSizeGreaterThan(50);
        Map<String, RecordedPlans.Plan> each = new LinkedHashMap<>();
        plans.stream()
                .sorted(Comparator.comparing(RecordedPlans.Plan::millis).reversed())
                .forEach(plan -> each.putIfAbsent(plan.brief(), plan));
        each.values().stream()
                .limit(25)
                .forEach(plan -> LOG.info(
                        "{} ms, {} rows, {} in vain: {}",
                        plan.millis(),
                        plan.steps().stream()
                                .mapToLong(RecordedPlans.Step::rows)
                                .max()
                                .orElse(0),
                        inVain(plan),
                        plan.brief()));
        LOG.info("{} tickets, {}: {} statements of {} kinds", TICKETS, what, plans.size(), each.size());
        assertThat(plans.stream().flatMap(plan -> fault(plan, inVain).stream()).distinct())
                .isEmpty();
    }

    private List<String> fault(RecordedPlans.Plan plan, long most) {
        List<String> faults = new ArrayList<>();
        for (RecordedPlans.Step step : plan.steps()) {
            if (step.node().endsWith("Seq Scan") && large.contains(step.table())) {
                faults.add("%s is read whole: %s".formatted(step.table(), plan.brief()));
            }
        }
        if (inVain(plan) > most) {
            faults.add("rows are read in vain: %s".formatted(plan.brief()));
        }
        return faults;
    }

    private static long inVain(RecordedPlans.Plan plan) {
        return plan.steps().stream().mapToLong(RecordedPlans.Step::removed).sum();
    }

    @Test
    @EnabledIfSystemProperty(named = "ledger.compare", matches = "true")
    void a_message_is_accepted_and_claimed_about_as_fast_as_if_there_were_none() throws Exception {
        Map<String, List<Long>> micros = new TreeMap<>();
        try (var empty = new FilledLedger(0, null)) {
            Map<String, DataSource> ledgers = Map.of(
                    "full", new SingleConnectionDataSource(ledger.dataSource().getConnection(), true),
                    "empty", new SingleConnectionDataSource(empty.dataSource().getConnection(), true));
            // In turns, so that both have the same of a machine that does other things as well.
            for (int round = 0; round < ROUNDS; round++) {
                ledgers.forEach((name, source) -> acceptAndClaim(source, name, micros));
            }
        }
        micros.forEach((what, all) -> {
            // The first turn finds nothing in memory, and the virtual machine cold.
            List<Long> warm = all.subList(all.size() / ROUNDS, all.size()).stream()
                    .sorted()
                    .toList();
            LOG.info(
                    "{}: median {} us, 95th hundredth {} us",
                    what,
                    warm.get(warm.size() / 2),
                    warm.get(warm.size() * 95 / 100));
        });
        assertThat(micros).hasSize(4);
    }

    private void acceptAndClaim(DataSource source, String name, Map<String, List<Long>> micros) {
        Party idle = Party.of("MPAY-000");
        var database = JdbcClient.create(source);
        var book = new Ledger(database, new TransactionTemplate(new DataSourceTransactionManager(source)), clock);
        var delivery = new DeliveryStatements(database);
        for (int i = 0; i < TURN; i++) {
            String serial = Messages.transIdo(CRM);
            AddressedMessage dispatch = Messages.message(
                    DISPATCH, CRM, idle, "29980101CSVC" + serial.substring(serial.length() - 10), serial, "内容");
            timed("accept, " + name, micros, () -> book.accept(dispatch));
        }
        for (int i = 0; i < TURN; i++) {
            timed("claim, " + name, micros, () -> assertThat(delivery.claim(Map.of(idle, 1)))
                    .isEqualTo(1));
        }
    }

    private static void timed(String what, Map<String, List<Long>> micros, Runnable work) {
        long began = System.nanoTime();
        work.run();
        micros.computeIfAbsent(what, key -> new ArrayList<>()).add((System.nanoTime() - began) / 1000);
    }
}
