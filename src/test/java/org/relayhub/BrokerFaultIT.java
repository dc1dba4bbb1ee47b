package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.URGE;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.directory.Directories;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.standalone.broker.EmbeddedBroker;

/**
 * A broker of its own under a load of JMS and SOAP: it is stopped and started again, and the hub is killed. Nothing is
 * lost, doubled in effect or out of order. How long the broker is away can be set: {@code mvn verify -Dit.test=BrokerFaultIT
 * -Doutage.seconds=60}.
 */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
@Tag("measured")
class BrokerFaultIT {

    private static final Party JMS = Party.of("CRM-250");
    private static final Party SOAP = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Duration PACE = Duration.ofMillis(40);
    private static final Duration CATCH_UP = Duration.ofMinutes(3);
    private static final Duration AS_EVER = Duration.ofSeconds(3);
    private static final Pattern TRANS_IDO = Pattern.compile("<TransIDO>([^<]*)</TransIDO>");
    private static final Pattern INDICT_SEQ = Pattern.compile("<IndictSeq>([^<]*)</IndictSeq>");
    private static final AtomicInteger TICKETS = new AtomicInteger();

    private final Duration outage = Duration.ofSeconds(Long.getLong("outage.seconds", 8));
    private final Path folder;
    private final String parties;
    private final int port;
    private final RecordingPeer csvc = new RecordingPeer();
    private final RecordingPeer soap = new RecordingPeer();

    /** What was sent about each ticket and has been acknowledged, in order: by a broker or by the hub. */
    private final Map<String, List<String>> toCsvc = new ConcurrentHashMap<>();

    private final Map<String, List<String>> toJms = new ConcurrentHashMap<>();
    private final Map<String, List<String>> toSoap = new ConcurrentHashMap<>();

    /** What the JMS party has read, in order of first arrival. */
    private final Map<String, List<String>> atJms = new ConcurrentHashMap<>();

    private final List<Duration> soapTimes = Collections.synchronizedList(new ArrayList<>());
    private final List<String> soapFailures = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean loading = new AtomicBoolean(true);
    private final AtomicBoolean reading = new AtomicBoolean(true);

    BrokerFaultIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.parties = """
                parties:
                  CSVC-000: {address: '%s', concurrency: 16}
                  CRM-100: {address: '%s'}
                  CRM-250: {transport: jms}
                """.formatted(csvc.address(), soap.address());
        port = FreePort.any();
    }

    private EmbeddedBroker startBroker() throws IOException {
        return EmbeddedBroker.start(
                folder.resolve("outside"),
                port,
                Directories.of(parties),
                "network.alarms",
                (user, password) -> password.equals("demo"));
    }

    private interface Fault {
        /** Happens, and is over when this returns. */
        void happen(HubProcess hub) throws Exception;
    }

    @Test
    void a_broker_that_is_away_for_a_while_delays_JMS_parties_and_nobody_else() throws Exception {
        var broker = new EmbeddedBroker[] {startBroker()};
        try {
            underLoad(
                    hub -> {
                        broker[0].close();
                        int before = soapTimes.size();
                        await("SOAP relays without a broker")
                                .during(outage)
                                .atMost(outage.plusSeconds(10))
                                .until(() -> soapFailures.isEmpty());
                        assertThat(soapTimes.size() - before)
                                .as("SOAP relays without a broker")
                                .isGreaterThan((int) (outage.toMillis() / PACE.toMillis() / 4));
                        broker[0] = startBroker();
                    },
                    true);
        } finally {
            broker[0].close();
        }
    }

    @Test
    void a_hub_that_is_killed_takes_no_message_with_it() throws Exception {
        try (EmbeddedBroker unharmed = startBroker()) {
            assertThat(unharmed.url()).endsWith(":" + port);
            underLoad(
                    hub -> {
                        for (int kill = 1; kill <= 2; kill++) {
                            int enough = toCsvc.size() + 30;
                            await().atMost(Duration.ofMinutes(1)).until(() -> toCsvc.size() >= enough);
                            hub.kill();
                            hub.startAgain();
                        }
                    },
                    false);
        }
    }

    private void underLoad(Fault fault, boolean soapUnharmed) throws Exception {
        var adapters = new Adapters(folder, parties);
        ScheduledExecutorService load = Executors.newScheduledThreadPool(4);
        try (var hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.enabled=false",
                        "--hub.broker.url=tcp://127.0.0.1:" + port,
                        "--hub.broker.user=hub-000",
                        "--hub.broker.password=demo",
                        "--hub.delivery.retry.first=200ms",
                        "--hub.delivery.retry.longest=2s",
                        "--hub.delivery.circuit.open-for=1s"),
                HubProcess.Jvm.DEPLOYED)) {
            load.execute(this::readQueue);
            load.execute(this::sendOverJms);
            load.scheduleWithFixedDelay(() -> overSoap(hub), 0, PACE.toMillis(), TimeUnit.MILLISECONDS);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> toCsvc.size() > 20 && !atJms.isEmpty() && soapTimes.size() > 20);

            fault.happen(hub);

            int enough = toCsvc.size() + 20;
            await("JMS after the fault").atMost(Duration.ofMinutes(1)).until(() -> toCsvc.size() > enough);
            loading.set(false);
            everythingArrived();
            nothingTwice(hub);
            if (soapUnharmed) {
                assertThat(soapFailures).isEmpty();
                assertThat(soapTimes).allSatisfy(time -> assertThat(time).isLessThan(AS_EVER));
            }
        } finally {
            loading.set(false);
            reading.set(false);
            load.shutdownNow();
            load.awaitTermination(20, TimeUnit.SECONDS);
            csvc.close();
            soap.close();
        }
    }

    private void everythingArrived() {
        await("everything at CSVC-000").atMost(CATCH_UP).untilAsserted(() -> assertThat(at(csvc))
                .containsAllEntriesOf(toCsvc));
        await("everything at CRM-250").atMost(CATCH_UP).untilAsserted(() -> assertThat(atJms)
                .containsAllEntriesOf(toJms));
        await("everything at CRM-100").atMost(CATCH_UP).untilAsserted(() -> assertThat(at(soap))
                .containsAllEntriesOf(toSoap));
    }

    /** Each urge was booked once, however often its message came. */
    private void nothingTwice(HubProcess hub) throws Exception {
        for (String ticket : toCsvc.keySet()) {
            assertThat(hub.json("/api/tickets/" + ticket).at("/legs/0/urges").asInt())
                    .as("urges of " + ticket)
                    .isEqualTo(1);
        }
    }

    /** By ticket, the TransIDOs in order of first arrival. */
    private static Map<String, List<String>> at(RecordingPeer peer) {
        Map<String, List<String>> arrived = new LinkedHashMap<>();
        for (RecordingPeer.Arrival arrival : peer.arrivals()) {
            List<String> known = arrived.computeIfAbsent(arrival.indictSeq(), ticket -> new ArrayList<>());
            if (!known.contains(arrival.transIdo())) {
                known.add(arrival.transIdo());
            }
        }
        return arrived;
    }

    private record Message(String ticket, String transIdo, String document) {}

    private static List<Message> ticket(Party crm) {
        String ticket = "20261122CSVC" + crm.node() + "%07d".formatted(TICKETS.incrementAndGet());
        return Stream.of(DISPATCH, COMMENT, URGE)
                .map(activity -> message(activity, crm, CSVC, ticket))
                .toList();
    }

    private static Message message(Activity activity, Party from, Party to, String ticket) {
        var message = Messages.message(activity, from, to, ticket);
        return new Message(ticket, message.transIdo(), message.canonical());
    }

    private static void acknowledged(Map<String, List<String>> book, Message message) {
        book.computeIfAbsent(message.ticket(), ticket -> Collections.synchronizedList(new ArrayList<>()))
                .add(message.transIdo());
    }

    /** Sends as fast as the broker takes it, without waiting for the hub; again what the broker has not taken. */
    private void sendOverJms() {
        JmsCaller caller = null;
        while (loading.get()) {
            for (Message message : ticket(JMS)) {
                caller = persistently(caller, message);
            }
            pause();
        }
        if (caller != null) {
            caller.close();
        }
    }

    private @Nullable JmsCaller persistently(@Nullable JmsCaller caller, Message message) {
        JmsCaller connected = caller;
        while (reading.get()) {
            try {
                if (connected == null) {
                    connected = new JmsCaller(JmsCaller.Protocol.CORE, port, JMS.user());
                }
                connected.send("hub.in." + JMS, connected.text(message.document()));
                acknowledged(toCsvc, message);
                return connected;
            } catch (JMSRuntimeException e) {
                connected = null;
                pause();
            }
        }
        return null;
    }

    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(PACE.toNanos());
    }

    /** A ticket of the SOAP province, and a comment by CSVC to each of both provinces about tickets that it knows. */
    private void overSoap(HubProcess hub) {
        if (!loading.get()) {
            return;
        }
        var caller = new SoapCaller(hub.port());
        for (Message message : ticket(SOAP)) {
            long began = System.nanoTime();
            soap(caller, SOAP, message, toCsvc);
            soapTimes.add(Duration.ofNanos(System.nanoTime() - began));
            if (message.document().contains("<DispatchReq")) {
                soap(caller, CSVC, message(COMMENT, CSVC, SOAP, message.ticket()), toSoap);
            }
        }
        csvc.arrivals().stream()
                .map(RecordingPeer.Arrival::indictSeq)
                .filter(ticket -> ticket.startsWith(JMS.node(), 12) && !toJms.containsKey(ticket))
                .findFirst()
                .ifPresent(ticket -> soap(caller, CSVC, message(COMMENT, CSVC, JMS, ticket), toJms));
    }

    /** Until there is an answer, as a party should. */
    private void soap(SoapCaller caller, Party sender, Message message, Map<String, List<String>> book) {
        while (reading.get()) {
            try {
                SoapCaller.Reply reply = caller.send(sender.user(), message.document());
                if (reply.code().equals("0000")) {
                    acknowledged(book, message);
                    return;
                }
                soapFailures.add(reply.status() + " " + reply.code());
                if (reply.code().startsWith("2")) {
                    return;
                }
            } catch (IOException e) {
                soapFailures.add(e.getClass().getSimpleName());
            } catch (InterruptedException e) {
                return;
            }
            pause();
        }
    }

    private void readQueue() {
        while (reading.get()) {
            try (var caller = new JmsCaller(JmsCaller.Protocol.AMQP, port, JMS.user())) {
                while (reading.get()) {
                    TextMessage message = caller.receive("hub.out." + JMS, Duration.ofMillis(500));
                    if (message != null) {
                        book(message.getText());
                    }
                }
            } catch (JMSException | JMSRuntimeException e) {
                pause();
            }
        }
    }

    private void book(String document) {
        var transIdo = TRANS_IDO.matcher(document);
        var ticket = INDICT_SEQ.matcher(document);
        if (transIdo.find() && ticket.find()) {
            List<String> known =
                    atJms.computeIfAbsent(ticket.group(1), key -> Collections.synchronizedList(new ArrayList<>()));
            if (!known.contains(transIdo.group(1))) {
                known.add(transIdo.group(1));
            }
        }
    }
}
