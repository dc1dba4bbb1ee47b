package org.relayhub.standalone.simulation;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.standalone.simulation.line.HubLine;
import org.relayhub.standalone.simulation.line.Outcome;
import org.relayhub.standalone.simulation.peer.Holdings;
import org.relayhub.standalone.simulation.peer.Peers;
import org.relayhub.standalone.simulation.peer.PlannedActions;
import org.relayhub.standalone.simulation.peer.PlannedActions.Action;
import org.relayhub.standalone.simulation.peer.SimulationSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/** Has the simulated peers do what they planned, when it is due. Starts when the hub is ready, and stops first. */
final class SimulationLoop implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationLoop.class);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CLEAN = Duration.ofHours(1);
    private static final Duration REMEMBERED = Duration.ofDays(3);
    private static final Duration ARCHIVED_KEPT = Duration.ofDays(30);
    private static final Duration FIRST_SAMPLE = Duration.ofSeconds(1);
    private static final int AT_ONCE = 8;
    private static final int LONGEST_BACKOFF_SECONDS = 60;

    /** A claim may be a little ahead of the threads that work it off. */
    private static final int CLAIMED_AT_ONCE = 2 * AT_ONCE;

    private final PlannedActions planned;
    private final HubLine hub;
    private final Function<String, URI> story;
    private final Peers peers;
    private final Reception reception;
    private final Holdings holdings;
    private final SampleStream samples;
    private final SimulationSettings settings;
    private final TransactionOperations transaction;
    private final Clock clock;
    private final AtomicBoolean told = new AtomicBoolean();
    private final Semaphore free = new Semaphore(CLAIMED_AT_ONCE);

    private @Nullable ScheduledExecutorService timer;
    private @Nullable ExecutorService workers;

    /** @param story where a ticket's story can be read */
    SimulationLoop(
            PlannedActions planned,
            HubLine hub,
            Function<String, URI> story,
            Peers peers,
            Reception reception,
            Holdings holdings,
            SampleStream samples,
            SimulationSettings settings,
            TransactionOperations transaction,
            Clock clock) {
        this.planned = planned;
        this.hub = hub;
        this.story = story;
        this.peers = peers;
        this.reception = reception;
        this.holdings = holdings;
        this.samples = samples;
        this.settings = settings;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Not with the other lifecycles: the hub's routes are loaded only after them. */
    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        start();
    }

    @Override
    public synchronized void start() {
        planned.releaseAll();
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE, task -> new Thread(task, "simulation"));
        ScheduledExecutorService clockwork =
                Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "simulation-timer"));
        every(clockwork, POLL, POLL, "poll", () -> poll(pool));
        every(clockwork, CLEAN, CLEAN, "clean", this::forget);
        if (!settings.sampleEvery().isZero()) {
            every(
                    clockwork,
                    FIRST_SAMPLE,
                    settings.sampleEvery(),
                    "sample",
                    () -> transaction.executeWithoutResult(status -> samples.next()));
        }
        workers = pool;
        timer = clockwork;
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    private static void every(ScheduledExecutorService timer, Duration first, Duration pause, String name, Task task) {
        timer.scheduleWithFixedDelay(
                () -> {
                    try {
                        task.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        // The next turn may find the database again.
                        LOG.warn("Simulation: {} failed", name, e);
                    }
                },
                first.toMillis(),
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Claims as much as can be worked on, for as long as there is as much. */
    private void poll(ExecutorService pool) throws InterruptedException {
        int wanted;
        List<Action> due;
        do {
            free.acquire();
            wanted = 1 + free.drainPermits();
            due = claim(wanted);
            due.forEach(action -> pool.execute(() -> perform(action)));
        } while (due.size() == wanted);
    }

    private List<Action> claim(int wanted) {
        List<Action> due = List.of();
        try {
            due = planned.claim(wanted, clock.instant());
            return due;
        } finally {
            free.release(wanted - due.size());
        }
    }

    private void perform(Action action) {
        try {
            settle(action, hub.send(action.party(), document(action)));
        } catch (InterruptedException e) {
            // The hub stops; the next start takes the claim back.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Simulation: {} of {} is not settled", action.activity().label(), action.party(), e);
            planned.again(action, clock.instant().plus(backoff(action)));
        } finally {
            free.release();
        }
    }

    private String document(Action action) {
        return peers.find(action.party())
                .map(peer -> peer.entry().form().render(action.document(), null))
                .orElse(action.document());
    }

    private void settle(Action action, Outcome outcome) {
        switch (outcome.verdict()) {
            case ACCEPTED -> {
                transaction.executeWithoutResult(status -> {
                    planned.done(action);
                    peers.find(action.party())
                            .ifPresent(peer -> peer.behaviour().sent(action, clock.instant()));
                });
                if (action.activity() == Activity.DISPATCH && told.compareAndSet(false, true)) {
                    LOG.info("A sample complaint is on its way, its story: {}", story.apply(action.indictSeq()));
                }
            }
            case TRY_AGAIN -> {
                LOG.debug("Simulation: {} of {}: {}", action.activity().label(), action.party(), outcome.reason());
                planned.again(action, clock.instant().plus(backoff(action)));
            }
            case REFUSED -> {
                LOG.info(
                        "Simulation: {} of {} was refused: {}",
                        action.activity().label(),
                        action.party(),
                        outcome.reason());
                transaction.executeWithoutResult(status -> {
                    planned.done(action);
                    peers.find(action.party())
                            .ifPresent(peer -> peer.behaviour().refused(action, outcome.reason(), clock.instant()));
                });
            }
        }
    }

    private static Duration backoff(Action action) {
        return Duration.ofSeconds(Math.min(LONGEST_BACKOFF_SECONDS, 1L << Math.min(action.attempts() - 1, 6)));
    }

    private void forget() {
        reception.forgetBefore(clock.instant().minus(REMEMBERED));
        holdings.forgetArchivedBefore(clock.instant().minus(ARCHIVED_KEPT));
    }

    @Override
    public synchronized void stop() {
        if (timer != null && workers != null) {
            timer.shutdownNow();
            workers.shutdownNow();
            try {
                if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                    LOG.warn("Simulation: some calls were still under way");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        timer = null;
        workers = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return timer != null;
    }

    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
