package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;

/**
 * A peer that hangs and one that refuses connections harm nobody else: how long a relay between others takes, from the
 * sender's call to the receiver's, with both peers well and with both ill, turn by turn in one run and under the same
 * load. Longer: {@code mvn verify -Dit.test=IsolationIT -Disolation.turns=10 -Disolation.seconds=15}.
 */
@Tag("measured")
class IsolationIT {

    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party HANGS = Party.of("CRM-210");
    private static final Party REFUSES = Party.of("CRM-220");
    private static final List<Party> OTHERS = List.of(Party.of("CRM-100"), Party.of("CRM-230"));
    private static final Duration PACE = Duration.ofMillis(50);
    private static final int TICKETS_OF_THE_ILL = 40;
    private static final double MOST = 1.2;

    /** What the machine's own unrest may add to so small a figure. */
    private static final double GRAIN_MILLIS = 10;

    private static final AtomicInteger TICKETS = new AtomicInteger();

    private final int turns = Integer.getInteger("isolation.turns", 3);
    private final Duration turn = Duration.ofSeconds(Integer.getInteger("isolation.seconds", 6));
    private final AtomicBoolean ill = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Map<String, Long> sentAt = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();

    @Test
    void relays_between_others_take_as_long_as_ever(@TempDir Path folder) throws Exception {
        int closed = FreePort.any();
        ScheduledExecutorService load = Executors.newScheduledThreadPool(6);
        try (var csvc = new RecordingPeer();
                var well = new RecordingPeer();
                var hanging = new RecordingPeer()) {
            csvc.answering(this::arrived);
            hanging.answering(this::hang);
            String parties = """
                    parties:
                      CSVC-000: {address: '%s', concurrency: 16}
                      CRM-100: {address: '%s'}
                      CRM-230: {address: '%s'}
                      CRM-210: {address: '%s', timeout: 3s}
                      CRM-220: {address: '%s', timeout: 3s}
                    """;
            String healthy = parties.formatted(
                    csvc.address(), well.address(), well.address(), hanging.address(), well.address());
            String sick = parties.formatted(
                    csvc.address(),
                    well.address(),
                    well.address(),
                    hanging.address(),
                    "http://127.0.0.1:" + closed + "/peer");
            var adapters = new Adapters(folder, healthy);
            try (var hub = new HubProcess(
                    folder,
                    List.of(
                            adapters.setting(),
                            "--hub.directory.check-every=200ms",
                            "--hub.standalone.simulation.enabled=false",
                            "--hub.delivery.retry.longest=2s",
                            "--hub.delivery.circuit.open-for=2s"),
                    HubProcess.Jvm.DEPLOYED)) {
                var caller = new SoapCaller(hub.port());
                Map<Party, List<String>> tickets = new ConcurrentHashMap<>();
                for (Party party : List.of(HANGS, REFUSES)) {
                    for (int i = 0; i < TICKETS_OF_THE_ILL; i++) {
                        String ticket = newTicket(party);
                        tickets.computeIfAbsent(party, key -> new ArrayList<>()).add(ticket);
                        send(caller, DISPATCH, party, CSVC, ticket);
                    }
                }
                for (Party other : OTHERS) {
                    every(load, PACE, () -> relay(caller, other));
                }
                var next = new AtomicInteger();
                tickets.forEach((party, own) -> every(
                        load,
                        PACE,
                        () -> send(
                                caller, COMMENT, CSVC, party, own.get(next.incrementAndGet() % TICKETS_OF_THE_ILL))));

                // A young virtual machine gets faster by itself.
                measured(turn.multipliedBy(3));
                List<Double> whileWell = new ArrayList<>();
                List<Double> whileIll = new ArrayList<>();
                for (int i = 0; i < turns; i++) {
                    await("what waited is delivered")
                            .atMost(Duration.ofMinutes(2))
                            .until(() -> waiting(hub) < 20);
                    whileWell.add(measured(turn));
                    ill.set(true);
                    adapters.write(sick);
                    await("the peers are ill").atMost(Duration.ofMinutes(1)).until(() -> waiting(hub) > 50);
                    whileIll.add(measured(turn));
                    ill.set(false);
                    adapters.write(healthy);
                }
                double before = median(whileWell);
                double after = median(whileIll);
                String figures = "p99 in ms, peers well: %s, median %.1f; ill: %s, median %.1f"
                        .formatted(whileWell, before, whileIll, after);
                org.slf4j.LoggerFactory.getLogger(IsolationIT.class).info("{}", figures);
                assertThat(after).as(figures).isLessThan(before * MOST + GRAIN_MILLIS);
            }
        } finally {
            over.countDown();
            load.shutdownNow();
            load.awaitTermination(20, TimeUnit.SECONDS);
        }
    }

    private static void every(ScheduledExecutorService load, Duration pace, Runnable work) {
        load.scheduleAtFixedRate(work, 0, pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static String newTicket(Party crm) {
        return "20261122CSVC" + crm.node() + "%07d".formatted(TICKETS.incrementAndGet());
    }

    private void relay(SoapCaller caller, Party crm) {
        send(caller, DISPATCH, crm, CSVC, newTicket(crm));
    }

    private void send(SoapCaller caller, Activity activity, Party from, Party to, String ticket) {
        var message = Messages.message(activity, from, to, ticket);
        if (OTHERS.contains(from)) {
            sentAt.put(message.transIdo(), System.nanoTime());
        }
        try {
            String code = caller.send(from.user(), message.canonical()).code();
            if (!code.equals("0000")) {
                throw new IllegalStateException(activity + " got " + code);
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String arrived(RecordingPeer.Arrival arrival) {
        Long sent = sentAt.remove(arrival.transIdo());
        if (sent != null) {
            millis.add((System.nanoTime() - sent) / 1e6);
        }
        return "0000";
    }

    /** Takes the connection and the request, and never answers. */
    private String hang(RecordingPeer.Arrival arrival) {
        if (!ill.get()) {
            return "0000";
        }
        try {
            return over.await(30, TimeUnit.SECONDS) ? "" : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** The 99th percentile of a turn. */
    private double measured(Duration time) {
        millis.clear();
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(30)).until(() -> System.nanoTime() - end >= 0);
        List<Double> all = new ArrayList<>(millis);
        all.sort(null);
        assertThat(all).as("relays in a turn").hasSizeGreaterThan((int) (time.toMillis() / PACE.toMillis()));
        return Math.round(all.get((int) (all.size() * 0.99)) * 10) / 10.0;
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = new ArrayList<>(figures);
        sorted.sort(null);
        return sorted.get(sorted.size() / 2);
    }

    private static int waiting(HubProcess hub) throws Exception {
        int waiting = 0;
        for (var party : hub.json("/api/parties")) {
            waiting += party.path("queueLength").asInt();
        }
        return waiting;
    }
}
