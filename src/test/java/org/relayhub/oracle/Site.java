package org.relayhub.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.relayhub.ArtemisDistribution;
import org.relayhub.HubProcess;
import org.relayhub.ProductionHub;
import org.relayhub.RecordingPeer;
import org.relayhub.message.Party;

/**
 * A whole site on loopback: a PostgreSQL, a broker, one or several hubs, each a process that can be killed, lines between
 * them that can be cut, and parties that speak SOAP (CRM-100, CSVC-000) and JMS (CRM-250, SIMS-000).
 */
final class Site implements AutoCloseable {

    static final Party CRM_SOAP = Party.of("CRM-100");
    static final Party CRM_JMS = Party.of("CRM-250");
    static final Party CSVC = Party.of("CSVC-000");
    static final Party SIMS = Party.of("SIMS-000");

    /** A claim must outlast two calls of {@link #TIMEOUT}. */
    static final Duration LEASE = Duration.ofSeconds(6);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final String PARTIES = "{CRM-100: {address: '%1$s', timeout: %3$ds},"
            + " CSVC-000: {address: '%2$s', timeout: %3$ds, concurrency: 16},"
            + " CRM-250: {transport: jms, timeout: %3$ds}, SIMS-250: {transport: jms, timeout: %3$ds},"
            + " SIMS-000: {transport: jms, timeout: %3$ds}}";

    private static final int BROKER_MEGABYTES = 400;

    private final Path folder;
    private final SmallDisk brokerDisk;
    private final Path clock;
    private final DatabaseServer database;
    private final ArtemisDistribution broker;
    private final CuttingProxy brokerLine;
    private final RecordingPeer crm = new RecordingPeer();
    private final RecordingPeer csvc = new RecordingPeer();
    private final List<HubProcess> hubs = new ArrayList<>();
    private final List<QueueReader> readers = new ArrayList<>();
    private final Queue<Arrival> fromQueues = new ConcurrentLinkedQueue<>();
    private final AtomicInteger tickets = new AtomicInteger();

    /** @param number how many hubs share the work */
    Site(Path folder, int number) throws IOException {
        this(folder, number, TIMEOUT, LEASE, HubProcess.Jvm.QUICK);
    }

    /**
     * One of other times.
     *
     * @param timeout of a call
     * @param lease of a claim, more than twice as long
     * @param jvm what the hubs run in
     */
    Site(Path folder, int number, Duration timeout, Duration lease, HubProcess.Jvm jvm) throws IOException {
        this.folder = folder;
        brokerDisk = SmallDisk.at(folder.resolve("broker"), BROKER_MEGABYTES + Backlog.megabytes());
        clock = folder.resolve("clock");
        database = new DatabaseServer(folder.resolve("database"));
        broker = broker(folder.resolve("broker"));
        brokerLine = new CuttingProxy(broker.hubPort());
        String parties = PARTIES.formatted(crm.address(), csvc.address(), timeout.toSeconds());
        try {
            start(number, parties, lease, jvm);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private ArtemisDistribution broker(Path data) throws IOException {
        try {
            return new ArtemisDistribution(data, ProductionHub.PASSWORD);
        } catch (IOException | RuntimeException e) {
            database.close();
            brokerDisk.close();
            throw e;
        }
    }

    private void start(int number, String parties, Duration lease, HubProcess.Jvm jvm) throws IOException {
        for (int i = 1; i <= number; i++) {
            hubs.add(ProductionHub.start(
                    Files.createDirectories(folder.resolve("hub-" + i)),
                    database.url(),
                    parties,
                    List.of(
                            "--hub.broker.url=tcp://127.0.0.1:" + brokerLine.port(),
                            "--hub.broker.user=hub-000",
                            "--hub.broker.password=" + ProductionHub.PASSWORD,
                            "--hub.delivery.lease=" + lease.toSeconds() + "s",
                            "--hub.delivery.retry.first=200ms",
                            "--hub.delivery.retry.longest=2s",
                            "--hub.delivery.circuit.open-for=1s"),
                    ProductionHub.TERMS.in(jvm).with(FakeTime.environment(clock))));
        }
        database.clockIsAheadBy(Duration.ZERO);
        for (Party party : List.of(CRM_JMS, SIMS)) {
            readers.add(new QueueReader(party, broker.port(), ProductionHub.PASSWORD, fromQueues::add));
        }
    }

    /** A ticket that nobody has used here. */
    String newTicket(Party crm) {
        return "20261122CSVC%s%07d".formatted(crm.node(), tickets.incrementAndGet());
    }

    List<HubProcess> hubs() {
        return hubs;
    }

    DatabaseServer database() {
        return database;
    }

    CuttingProxy brokerLine() {
        return brokerLine;
    }

    SmallDisk brokerDisk() {
        return brokerDisk;
    }

    /** That of all hubs; the test's own and the peers' is the true one. */
    FakeTime hubClock() {
        return new FakeTime(clock);
    }

    ArtemisDistribution broker() {
        return broker;
    }

    RecordingPeer csvc() {
        return csvc;
    }

    static boolean speaksJms(Party party) {
        return party.equals(CRM_JMS) || party.equals(SIMS);
    }

    /** A place to send from. */
    Desk desk() {
        return new Desk(hubs.stream().map(HubProcess::port).toList(), broker.port(), ProductionHub.PASSWORD);
    }

    /** Starts the broker again if it has given up, as one does whose disk is full. */
    void reviveBroker() throws IOException, InterruptedException {
        if (!broker.answers()) {
            broker.killAndStart(Duration.ZERO);
        }
    }

    /** All that parties have got so far, of each in the order of arrival. */
    List<Arrival> arrivals() {
        List<Arrival> all = new ArrayList<>(fromQueues);
        crm.arrivals().stream()
                .flatMap(it -> Arrival.read(CRM_SOAP, it.wire()).stream())
                .forEach(all::add);
        csvc.arrivals().stream()
                .flatMap(it -> Arrival.read(CSVC, it.wire()).stream())
                .forEach(all::add);
        return all;
    }

    @Override
    public void close() throws IOException {
        database.line().mend();
        brokerLine.mend();
        hubs.forEach(HubProcess::close);
        for (QueueReader reader : readers) {
            try {
                reader.close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        brokerLine.close();
        broker.close();
        database.close();
        crm.close();
        csvc.close();
        brokerDisk.close();
    }
}
