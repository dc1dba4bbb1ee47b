package org.relayhub.standalone.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.server.impl.AddressInfo;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.directory.Queues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Artemis that the hub starts and stops itself. It speaks CORE and AMQP 1.0 on 127.0.0.1 only, keeps what it has
 * stored through restarts and crashes, and has a pair of queues for every JMS party and a topic for alarms.
 */
public final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String LOOPBACK = "127.0.0.1";

    /** Whether a password is that of a user. */
    @FunctionalInterface
    public interface Login {
        boolean isRight(String user, String password);
    }

    private final EmbeddedActiveMQ server;
    private final Directory directory;
    private final int port;

    private EmbeddedBroker(EmbeddedActiveMQ server, Directory directory, int port) {
        this.server = server;
        this.directory = directory;
        this.port = port;
    }

    /**
     * Starts the broker.
     *
     * @param folder where it keeps what it has stored; made if it is not there
     * @param preferredPort another one is used if it is taken
     * @param alarms the topic on which network platforms publish; empty for none
     * @throws IOException if it does not start
     */
    public static EmbeddedBroker start(Path folder, int preferredPort, Directory directory, String alarms, Login login)
            throws IOException {
        Instant began = Instant.now();
        int port = freePort(preferredPort);
        var server = new EmbeddedActiveMQ();
        server.setSecurityManager(new BrokerRights(alarms, login));
        try {
            server.setConfiguration(configuration(folder.toAbsolutePath().normalize(), port, alarms));
            server.start();
            var broker = new EmbeddedBroker(server, directory, port);
            broker.createQueues();
            broker.createTopic(alarms);
            directory.onChange(broker::followDirectory);
            LOG.info(
                    "Artemis ready on {}:{} after {} ms",
                    LOOPBACK,
                    port,
                    Duration.between(began, Instant.now()).toMillis());
            return broker;
        } catch (Exception e) {
            stop(server);
            throw new IOException("The embedded broker did not start in " + folder, e);
        }
    }

    private static void stop(EmbeddedActiveMQ server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.debug("What had not started could not be stopped", e);
        }
    }

    private static Configuration configuration(Path folder, int port, String alarms) throws Exception {
        var configuration = new ConfigurationImpl()
                .setName("relay-hub")
                .setPersistenceEnabled(true)
                // The one that needs no native library.
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setSecurityEnabled(true)
                .setPopulateValidatedUser(true)
                .setTemporaryQueueNamespace(BrokerRights.TEMPORARY)
                .setJMXManagementEnabled(false)
                .setMaxDiskUsage(-1)
                // The hub's own, so that nothing that strangers do at the other can keep the hub from its queues.
                .addAcceptorConfiguration("hub", hubUrl(port))
                .addAcceptorConfiguration("parties", "tcp://" + LOOPBACK + ":" + port + "?protocols=CORE,AMQP");
        configuration.registerBrokerPlugin(new VouchedSender());
        configuration.registerBrokerPlugin(new ReadableByCore());
        BrokerRights.roles(alarms).forEach(configuration::putSecurityRoles);
        configuration.addAddressSetting(Queues.OURS + "#", kept(RoutingType.ANYCAST));
        if (!alarms.isEmpty()) {
            configuration.addAddressSetting(alarms, kept(RoutingType.MULTICAST));
        }
        // One hub at a time reads a party's queue: with two, messages of a ticket would overtake each other.
        configuration.addAddressSetting(Queues.IN + "#", new AddressSettings().setDefaultExclusiveQueue(true));
        configuration.addAddressSetting(
                BrokerRights.TEMPORARY + ".#",
                new AddressSettings()
                        .setDeadLetterAddress(SimpleString.of(Queues.INVALID))
                        .setExpiryAddress(SimpleString.of(Queues.INVALID)));
        return configuration;
    }

    /** What the hub cannot take in now it takes in later, in order. */
    private static AddressSettings kept(RoutingType routing) {
        return new AddressSettings()
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(0)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDefaultAddressRoutingType(routing)
                .setDefaultQueueRoutingType(routing)
                .setDeadLetterAddress(SimpleString.of(Queues.INVALID))
                .setExpiryAddress(SimpleString.of(Queues.INVALID));
    }

    private void createQueues() throws Exception {
        createQueue(Queues.INVALID);
        for (PartyEntry entry : directory.parties()) {
            if (entry.isQueued()) {
                createQueue(Queues.in(entry.party()));
                createQueue(Queues.out(entry.party()));
            }
        }
    }

    private void createQueue(String name) throws Exception {
        server.getActiveMQServer()
                .createQueue(
                        QueueConfiguration.of(name)
                                .setAddress(name)
                                .setRoutingType(RoutingType.ANYCAST)
                                .setDurable(true),
                        true);
    }

    /** The hub's subscription is made by the hub, the first time that it is there. */
    private void createTopic(String name) throws Exception {
        if (!name.isEmpty()) {
            server.getActiveMQServer()
                    .addOrUpdateAddressInfo(new AddressInfo(SimpleString.of(name), RoutingType.MULTICAST));
        }
    }

    private void followDirectory() {
        try {
            createQueues();
        } catch (Exception e) {
            LOG.error("The queues of a new JMS party could not be made", e);
        }
    }

    private static int freePort(int preferred) throws IOException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, preferred));
            return preferred;
        } catch (IOException taken) {
            try (var any = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
                LOG.info("Port {} is taken, using {} for the broker", preferred, any.getLocalPort());
                return any.getLocalPort();
            }
        }
    }

    /** Where clients of CORE connect; those of AMQP 1.0 use the same port. */
    public String url() {
        return "tcp://" + LOOPBACK + ":" + port;
    }

    /** Where the hub itself connects, in the same virtual machine. */
    public String hubUrl() {
        return hubUrl(port);
    }

    private static String hubUrl(int port) {
        return "vm://" + port;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
