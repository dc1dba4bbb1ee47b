package org.relayhub.oracle;

import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.relayhub.JmsCaller;
import org.relayhub.message.Party;

/** A JMS party's reader: whatever comes on its queue it tells, and it comes back whenever the broker does. */
final class QueueReader implements AutoCloseable {

    private static final Duration TURN = Duration.ofMillis(500);

    private final Party party;
    private final int port;
    private final String password;
    private final Consumer<Arrival> told;
    private final Thread thread;
    private volatile boolean reading = true;

    QueueReader(Party party, int port, String password, Consumer<Arrival> told) {
        this.party = party;
        this.port = port;
        this.password = password;
        this.told = told;
        thread = new Thread(this::read, "reader-" + party);
        thread.start();
    }

    private void read() {
        while (reading) {
            try (var caller = new JmsCaller(JmsCaller.Protocol.AMQP, port, party.user(), password)) {
                while (reading) {
                    TextMessage message = caller.receive("hub.out." + party, TURN);
                    if (message != null) {
                        Arrival.read(party, message.getText()).ifPresent(told);
                    }
                }
            } catch (JMSException | JMSRuntimeException e) {
                LockSupport.parkNanos(TURN.toNanos());
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        reading = false;
        thread.join(TURN.multipliedBy(20).toMillis());
    }
}
