package org.relayhub.standalone.simulation;

import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.directory.Queues;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.standalone.simulation.line.JmsLine;
import org.relayhub.standalone.simulation.peer.Peers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;
import org.springframework.jms.listener.DefaultMessageListenerContainer;
import org.springframework.jms.listener.SessionAwareMessageListener;

/**
 * Where the simulated JMS peers read what the hub sends them, each from its own queue. A question is answered where it
 * asks to be, a message by a document of its own. Starts when the hub is ready, and follows the directory.
 */
final class JmsPeerInbox implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(JmsPeerInbox.class);
    private static final int RECOVERY_MILLIS = 2000;

    private final Directory directory;
    private final Peers peers;
    private final Reception reception;
    private final DocumentReader reader;
    private final JmsLine line;
    private final Map<Party, DefaultMessageListenerContainer> containers = new TreeMap<>();
    private boolean running;

    JmsPeerInbox(Directory directory, Peers peers, Reception reception, DocumentReader reader, JmsLine line) {
        this.directory = directory;
        this.peers = peers;
        this.reception = reception;
        this.reader = reader;
        this.line = line;
        directory.onChange(this::follow);
    }

    private synchronized void follow() {
        if (!running) {
            return;
        }
        for (PartyEntry entry : directory.parties()) {
            if (entry.isQueued() && peers.find(entry.party()).isPresent()) {
                containers.computeIfAbsent(entry.party(), this::listen);
            }
        }
        containers.entrySet().removeIf(listening -> {
            boolean gone = directory
                    .find(listening.getKey())
                    .filter(entry -> entry.isQueued())
                    .isEmpty();
            if (gone) {
                listening.getValue().shutdown();
            }
            return gone;
        });
    }

    private DefaultMessageListenerContainer listen(Party party) {
        var container = new DefaultMessageListenerContainer();
        container.setConnectionFactory(line.as(party));
        container.setDestinationName(Queues.out(party));
        container.setSessionTransacted(true);
        container.setRecoveryInterval(RECOVERY_MILLIS);
        container.setBeanName("simulated-" + party);
        container.setMessageListener(
                (SessionAwareMessageListener<Message>) (message, session) -> answer(party, message, session));
        container.afterPropertiesSet();
        container.start();
        return container;
    }

    private void answer(Party party, Message message, Session session) throws JMSException {
        Peers.Peer peer = peers.find(party).orElse(null);
        if (peer == null || !(message instanceof TextMessage text)) {
            return;
        }
        InterBossDocument document;
        try {
            document = reader.read(text.getText());
        } catch (MalformedDocumentException e) {
            LOG.warn("Simulation: {} was sent no document: {}", party, e.getMessage());
            return;
        }
        if (!document.header().request()) {
            // The hub's refusal of something that this party has sent.
            return;
        }
        Reception.Answered answered = reception.take(party, peer.behaviour(), document);
        Destination asked = message.getJMSReplyTo();
        if (asked != null && answered.late()) {
            // Too late is never: nobody waits for it any more.
            return;
        }
        pause(answered.after());
        TextMessage answer = session.createTextMessage(peer.entry().form().render(answered.canonical(), null));
        answer.setJMSCorrelationID(
                message.getJMSCorrelationID() == null ? message.getJMSMessageID() : message.getJMSCorrelationID());
        try (MessageProducer producer = session.createProducer(null)) {
            producer.setDeliveryMode(asked == null ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
            producer.send(asked == null ? session.createQueue(Queues.in(party)) : asked, answer);
        }
    }

    /** The queue has a consumer of its own, which may wait. */
    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait.toMillis());
        } catch (InterruptedException e) {
            // The hub stops: the answer goes out at once.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        start();
    }

    /** Not with the other lifecycles: the hub's routes are loaded only after them. */
    @Override
    public boolean isAutoStartup() {
        return false;
    }

    @Override
    public synchronized void start() {
        running = true;
        follow();
    }

    @Override
    public synchronized void stop() {
        running = false;
        containers.values().forEach(DefaultMessageListenerContainer::shutdown);
        containers.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return running;
    }
}
