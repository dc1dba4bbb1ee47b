package org.relayhub.delivery;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.ProducerTemplate;
import org.relayhub.delivery.lane.Lanes;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.Trail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Hands due deliveries to the lanes. It looks when it is told of a party, and from time to time for all of them, since
 * other hubs accept messages too. What it holds in memory are hints; the queue is the database.
 */
public final class Dispatcher implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

    private final DueDeliveries due;
    private final Lanes lanes;
    private final ProducerTemplate camel;
    private final Tracer tracer;
    private final Duration pollEvery;
    private final Set<Party> told = ConcurrentHashMap.newKeySet();
    private final Semaphore signal = new Semaphore(0);
    private final AtomicInteger threads = new AtomicInteger();
    private final ExecutorService calls =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    private volatile boolean running;
    private Thread loop = new Thread(this::run, "dispatcher");

    Dispatcher(DueDeliveries due, Lanes lanes, ProducerTemplate camel, Tracer tracer, Duration pollEvery) {
        this.due = due;
        this.lanes = lanes;
        this.camel = camel;
        this.tracer = tracer;
        this.pollEvery = pollEvery;
    }

    /** Says that something may be due for a party. */
    public void wake(Party party) {
        told.add(party);
        signal.release();
    }

    /** Says that something may be due for the party that a message is for. */
    public void wakeHome(AddressedMessage message) {
        wake(message.home());
    }

    /** Has every party a lane that is in the directory now. */
    void partiesChanged() {
        if (running) {
            lanes.build();
        }
    }

    private void run() {
        long nextPoll = System.nanoTime();
        while (running) {
            try {
                long wait = nextPoll - System.nanoTime();
                if (signal.tryAcquire(Math.max(0, wait), TimeUnit.NANOSECONDS)) {
                    signal.drainPermits();
                }
                if (System.nanoTime() - nextPoll >= 0) {
                    told.addAll(lanes.parties());
                    nextPoll = System.nanoTime() + pollEvery.toNanos();
                }
                dispatch();
            } catch (InterruptedException e) {
                running = false;
            } catch (DataAccessException e) {
                log.error(
                        "Due messages cannot be claimed: {}",
                        e.getMostSpecificCause().getMessage());
                nextPoll = System.nanoTime() + pollEvery.toNanos();
            } catch (RuntimeException e) {
                // Whatever it was, nothing may end the loop: the next turn looks again.
                log.error("A turn of the dispatcher failed", e);
                nextPoll = System.nanoTime() + pollEvery.toNanos();
            }
        }
    }

    private void dispatch() {
        var parties = new HashSet<>(told);
        told.removeAll(parties);
        Map<Party, Integer> free = lanes.free(parties);
        if (free.isEmpty()) {
            return;
        }
        List<Claim> claims = due.claim(free);
        for (Claim claim : claims) {
            lanes.enter(claim.party());
            calls.execute(() -> call(claim));
        }
    }

    private void call(Claim claim) {
        Span span = claim.begin(tracer);
        Trail trail = claim.trail().within(span);
        try (Trail.Open open = trail.open()) {
            deliver(claim, trail);
        } finally {
            span.end();
            lanes.leave(claim.party());
            wake(claim.party());
        }
    }

    private void deliver(Claim claim, Trail trail) {
        try {
            camel.sendBodyAndProperty("direct:deliver", claim, Trail.PROPERTY, trail);
        } catch (RuntimeException e) {
            log.error("Delivery {} is not settled; it is tried again when its lease ends", claim.deliveryId(), e);
        }
    }

    private Thread thread(Runnable work) {
        var thread = new Thread(work, "delivery-" + threads.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void start() {
        // From here on a change of the parties makes lanes too.
        running = true;
        lanes.build();
        int freed = due.freeOwn();
        if (freed > 0) {
            log.info("{} deliveries that were under way when this hub last ended are due again", freed);
        }
        loop = new Thread(this::run, "dispatcher");
        loop.start();
    }

    /** Ends claiming, then waits for the calls that are under way. */
    @Override
    public void stop() {
        running = false;
        loop.interrupt();
        try {
            loop.join(Duration.ofSeconds(10).toMillis());
            calls.shutdown();
            if (!calls.awaitTermination(30, TimeUnit.SECONDS)) {
                log.warn("Calls were still under way at the stop; their messages are sent again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Started by {@link DeliveryConfiguration} when the routes are there, which Spring's own order cannot say. */
    @Override
    public boolean isAutoStartup() {
        return false;
    }

    /** Stops before the routes that it feeds. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
