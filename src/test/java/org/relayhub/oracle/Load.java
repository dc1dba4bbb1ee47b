package org.relayhub.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.oracle.Judge.Judgement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tickets that parties work on, one script after another, until it is enough; and then the judgement. */
final class Load {

    private static final Logger log = LoggerFactory.getLogger(Load.class);

    /** Messages that are acknowledged before each fault, and after the last. */
    private static final int SOME = 100;

    private static final int ROUNDS_OF_A_LINE = 10;
    private static final int PEOPLE = 6;
    /** The pace of people, who wait for nothing. */
    private static final Duration PACE = Duration.ofMillis(20);

    private static final Duration CATCH_UP = Duration.ofMinutes(3);

    private final Site site;
    private final long seed;
    private final Queue<Sent> acknowledged = new ConcurrentLinkedQueue<>();
    private final ExecutorService people = Executors.newCachedThreadPool();
    private final List<Future<?>> work = new ArrayList<>();
    private volatile boolean enough;

    private final Pace pace;

    /** Waits until the next message may be sent. */
    interface Pace {
        void await() throws InterruptedException;
    }

    private Load(Site site, long seed, Pace pace) {
        this.site = site;
        this.seed = seed;
        this.pace = pace;
    }

    /** Begins. The same seed writes the same scripts; how they meet is the machine's. */
    static Load on(Site site, long seed, int people, Pace pace) {
        var load = new Load(site, seed, pace);
        for (int i = 0; i < people; i++) {
            var random = new Random(seed + i);
            load.work.add(load.people.submit(() -> {
                load.work(random);
                return null;
            }));
        }
        return load;
    }

    /** Has a fault happen under load so many times, and fails where the promise was not kept. */
    static void under(Fault fault, Site site, Rounds rounds) throws Exception {
        fault.require(site);
        var random = new Random(rounds.seed());
        Load load = on(site, rounds.seed(), PEOPLE, () -> TimeUnit.MILLISECONDS.sleep(PACE.toMillis()));
        for (int round = 1; round <= rounds.number(); round++) {
            load.awaitMore(SOME);
            // At any instant: what is looked for is what nobody has thought of.
            TimeUnit.MILLISECONDS.sleep(
                    random.nextInt((int) PACE.multipliedBy(SOME).toMillis() / PEOPLE));
            fault.happen(site, random);
            if (round % ROUNDS_OF_A_LINE == 0) {
                log.info("{}: {} rounds of {}, {} messages", fault, round, rounds.number(), load.acknowledged.size());
            }
        }
        load.awaitMore(SOME);
        load.assertKept();
    }

    int acknowledged() {
        return acknowledged.size();
    }

    private void work(Random random) throws InterruptedException {
        try (Desk desk = site.desk()) {
            while (!enough) {
                Party crm = random.nextBoolean() ? Site.CRM_SOAP : Site.CRM_JMS;
                String ticket = site.newTicket(crm);
                for (AddressedMessage step : Script.of(random, ticket, crm).steps()) {
                    desk.insist(step, Site.speaksJms(step.sender()));
                    acknowledged.add(Sent.of(step));
                    pace.await();
                }
            }
        }
    }

    /** Waits until so many more have been acknowledged; a fault that ends the load fails here. */
    private void awaitMore(int more) {
        int from = acknowledged.size();
        await("more messages acknowledged").atMost(CATCH_UP).until(() -> {
            for (Future<?> each : work) {
                if (each.isDone()) {
                    each.get();
                }
            }
            return acknowledged.size() >= from + more;
        });
    }

    /** Lets each ticket be brought to its end, waits until all has arrived, and judges. */
    private Judgement judge() throws InterruptedException, ExecutionException {
        enough = true;
        for (Future<?> each : work) {
            each.get();
        }
        people.shutdown();
        List<Sent> sent = List.copyOf(acknowledged);
        try {
            await().atMost(CATCH_UP).pollInterval(Duration.ofSeconds(1)).until(() -> missing(sent)
                    .isEmpty());
        } catch (ConditionTimeoutException e) {
            log.warn("{} of {} messages have not come in {}", missing(sent).size(), sent.size(), CATCH_UP);
        }
        Set<String> tickets = sent.stream().map(Sent::ticket).collect(Collectors.toSet());
        List<Arrival> arrivals = site.arrivals().stream()
                .filter(arrival -> tickets.contains(arrival.ticket()))
                .toList();
        Judgement judgement = Judge.of(
                sent,
                arrivals,
                site.database().dead(),
                site.database().legs().stream()
                        .filter(leg -> tickets.contains(leg.ticket()))
                        .toList());
        log.info(
                "-Doracle.seed={}: {} messages about {} tickets: {}; {} came more than once",
                seed,
                sent.size(),
                tickets.size(),
                judgement.fates(),
                repeated(arrivals));
        judgement.broken().stream()
                .limit(5)
                .forEach(broken -> log.error(
                        "{}: {}\n{}",
                        broken.fate(),
                        broken.what(),
                        site.database().story(broken.ticket())));
        return judgement;
    }

    /** What parties know again by its TransIDO: it tells whether a fault has hit anything. */
    private static long repeated(List<Arrival> arrivals) {
        return arrivals.stream()
                .collect(Collectors.groupingBy(Arrival::transIdo, Collectors.counting()))
                .values()
                .stream()
                .filter(times -> times > 1)
                .count();
    }

    private Set<String> missing(List<Sent> sent) {
        Set<String> missing = sent.stream().map(Sent::transIdo).collect(Collectors.toCollection(HashSet::new));
        site.arrivals().forEach(arrival -> missing.remove(arrival.transIdo()));
        if (!missing.isEmpty()) {
            missing.removeAll(site.database().dead());
        }
        return missing;
    }

    /** Judges, and fails where the promise was not kept. */
    void assertKept() throws InterruptedException, ExecutionException {
        Judgement judgement = judge();
        assertThat(judgement.broken())
                .as("-Doracle.seed=%d: %s", seed, judgement.fates())
                .isEmpty();
        assertThat(judgement.count(Fate.DELIVERED_ONCE))
                .as("something was tried")
                .isPositive();
    }
}
