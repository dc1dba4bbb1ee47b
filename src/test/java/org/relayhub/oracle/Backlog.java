package org.relayhub.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.jms.DeliveryMode;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.relayhub.JmsCaller;
import org.relayhub.ProductionHub;
import org.relayhub.message.Party;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a party has not fetched for long, on its queue at the broker that it shares with the others. How much, can be set:
 * {@code -Doracle.backlog=1000000}.
 */
final class Backlog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Backlog.class);

    /** Knows the hub, and sends nothing. */
    private static final Party SLOW = Party.of("SIMS-250");

    private static final String QUEUE = "hub.out." + SLOW;

    private static final int MESSAGES = Integer.getInteger("oracle.backlog", 20_000);
    private static final int AT_ONCE = 500;
    private static final String TEXT = "x".repeat(500);
    private static final int A_LINE_EACH = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofMillis(100);

    private final JmsCaller hub;
    private final JmsCaller party;

    /**
     * Connects.
     *
     * @param hubPort where hubs find the broker
     * @param port where parties do
     */
    Backlog(int hubPort, int port) {
        hub = new JmsCaller(JmsCaller.Protocol.CORE, hubPort, "hub-000", ProductionHub.PASSWORD);
        party = new JmsCaller(JmsCaller.Protocol.AMQP, port, SLOW.user(), ProductionHub.PASSWORD);
    }

    /** How much room it takes on the broker's disk. */
    static int megabytes() {
        return MESSAGES / 800;
    }

    /** As a hub would put them there, unless they are still there. */
    void grow() {
        if (party.receive(QUEUE, REST) != null) {
            return;
        }
        log.info("{} messages go on {}", MESSAGES, QUEUE);
        try (JMSContext session = hub.session().createContext(JMSContext.SESSION_TRANSACTED)) {
            JMSProducer producer = session.createProducer().setDeliveryMode(DeliveryMode.PERSISTENT);
            Queue queue = session.createQueue(QUEUE);
            for (int i = 1; i <= MESSAGES; i++) {
                producer.send(queue, TEXT);
                if (i % AT_ONCE == 0 || i == MESSAGES) {
                    session.commit();
                }
                if (i % A_LINE_EACH == 0) {
                    log.info("{} messages are on {}", i, QUEUE);
                }
            }
        }
    }

    void shrinkSlowly(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        try (JMSConsumer consumer = party.session().createConsumer(party.queue(QUEUE))) {
            while (System.nanoTime() < until) {
                assertThat(consumer.receive(PATIENCE.toMillis()))
                        .as("a message of the backlog")
                        .isNotNull();
                TimeUnit.MILLISECONDS.sleep(REST.toMillis());
            }
        }
    }

    @Override
    public void close() {
        party.close();
        hub.close();
    }
}
