package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/**
 * The promise under power cuts: every acknowledged message reaches its party, once in effect and in order. Size and seed
 * can be set: {@code mvn verify -Dit.test=CrashIT -Dcrash.tickets=1000 -Dcrash.kills=3 -Dcrash.seed=1}.
 */
class CrashIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final List<Activity> WAY = List.of(Activity.DISPATCH, Activity.COMMENT, Activity.URGE);
    private static final int CLIENTS = 8;

    private final int tickets = Integer.getInteger("crash.tickets", 1000);
    private final int kills = Integer.getInteger("crash.kills", 3);
    private final long seed = Long.getLong("crash.seed", System.nanoTime());

    @Test
    void every_acknowledged_message_is_delivered_once_in_effect_and_in_order(@TempDir Path folder) throws Exception {
        System.setProperty("crash.used.seed", String.valueOf(seed));
        var random = new Random(seed);
        Map<String, List<String>> acknowledged = new ConcurrentHashMap<>();
        var done = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try (var peer = new RecordingPeer();
                var hub = new HubProcess(folder, settings(folder, peer))) {
            Queue<String> work = new ConcurrentLinkedQueue<>(IntStream.rangeClosed(1, tickets)
                    .mapToObj(n -> "20261122CSVC250%07d".formatted(n))
                    .toList());
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                running.add(clients.submit(() -> {
                    sendAll(new SoapCaller(hub.port()), work, acknowledged, done);
                    return null;
                }));
            }
            for (int kill = 1; kill <= kills; kill++) {
                int after = (kill - 1) * tickets / kills + random.nextInt(Math.max(1, tickets / kills));
                await().atMost(Duration.ofMinutes(5)).until(() -> done.get() >= after);
                hub.kill();
                hub.startAgain();
            }
            for (Future<?> client : running) {
                client.get();
            }
            await("everything delivered, seed " + seed)
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> peer.arrivals().stream()
                                    .map(RecordingPeer.Arrival::transIdo)
                                    .distinct()
                                    .count()
                            >= (long) tickets * WAY.size());

            assertThat(inOrderOfFirstArrival(peer)).as("seed " + seed).isEqualTo(acknowledged);
        } finally {
            clients.shutdownNow();
        }
    }

    private static List<String> settings(Path folder, RecordingPeer peer) throws IOException {
        var adapters = new Adapters(
                folder,
                Adapters.packaged().replace("  CSVC-000:\n", "  CSVC-000:\n    address: " + peer.address() + "\n"));
        return List.of(
                adapters.setting(),
                "--hub.standalone.simulation.sample-every=0s",
                "--hub.delivery.circuit.open-for=1s");
    }

    /** Sends each ticket's messages one after the other, each again and again until it is acknowledged. */
    private static void sendAll(
            SoapCaller caller, Queue<String> work, Map<String, List<String>> acknowledged, AtomicInteger done)
            throws InterruptedException {
        for (String ticket = work.poll(); ticket != null; ticket = work.poll()) {
            List<String> way = new ArrayList<>();
            for (Activity activity : WAY) {
                AddressedMessage message = Messages.message(activity, CRM, CSVC, ticket);
                await().atMost(Duration.ofMinutes(3))
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> isAcknowledged(caller, message));
                way.add(message.transIdo());
            }
            acknowledged.put(ticket, way);
            done.incrementAndGet();
        }
    }

    private static boolean isAcknowledged(SoapCaller caller, AddressedMessage message) throws InterruptedException {
        try {
            SoapCaller.Reply reply = caller.send("crm-250", message.canonical());
            if (reply.status() == 200
                    && !reply.code().equals("0000")
                    && !reply.code().equals("0111")) {
                throw new AssertionError("refused: " + reply.body());
            }
            return reply.code().equals("0000");
        } catch (IOException e) {
            return false;
        }
    }

    /** What the peer got, each message where it came first: it knows a repeated one by its TransIDO. */
    private static Map<String, List<String>> inOrderOfFirstArrival(RecordingPeer peer) {
        Map<String, LinkedHashSet<String>> got = new ConcurrentHashMap<>();
        peer.arrivals().forEach(arrival -> got.computeIfAbsent(arrival.indictSeq(), ticket -> new LinkedHashSet<>())
                .add(arrival.transIdo()));
        Map<String, List<String>> lists = new ConcurrentHashMap<>();
        got.forEach((ticket, serials) -> lists.put(ticket, List.copyOf(serials)));
        return lists;
    }
}
