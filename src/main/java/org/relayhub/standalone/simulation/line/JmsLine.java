package org.relayhub.standalone.simulation.line;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.relayhub.directory.Queues;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.standalone.simulation.line.Outcome.Verdict;
import org.springframework.jms.JmsException;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.connection.UserCredentialsConnectionFactoryAdapter;
import org.springframework.jms.core.JmsTemplate;

/** Sends to the hub over JMS as any partner does, as the party's own user, and waits for the answer on a queue of its own. */
public final class JmsLine implements HubLine, AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final ConnectionFactory broker;
    private final String password;
    private final DocumentReader reader;
    private final ResponseCodes codes;
    private final Map<Party, CachingConnectionFactory> connections = new ConcurrentHashMap<>();

    /** @param broker connects to the broker as whatever user is named */
    public JmsLine(ConnectionFactory broker, String password, DocumentReader reader, ResponseCodes codes) {
        this.broker = broker;
        this.password = password;
        this.reader = reader;
        this.codes = codes;
    }

    /** Connections as a party's user. */
    public ConnectionFactory as(Party party) {
        var adapter = new UserCredentialsConnectionFactoryAdapter();
        adapter.setTargetConnectionFactory(broker);
        adapter.setUsername(party.user());
        adapter.setPassword(password);
        return adapter;
    }

    @Override
    public Outcome send(Party party, String document) {
        var template =
                new JmsTemplate(connections.computeIfAbsent(party, name -> new CachingConnectionFactory(as(name))));
        template.setReceiveTimeout(TIMEOUT.toMillis());
        try {
            Message answer = template.sendAndReceive(Queues.in(party), session -> session.createTextMessage(document));
            return answer instanceof TextMessage text
                    ? Outcome.of(reader.read(text.getText()), codes)
                    : new Outcome(Verdict.TRY_AGAIN, "no answer");
        } catch (JmsException | JMSException e) {
            return new Outcome(Verdict.TRY_AGAIN, "no answer (" + e.getClass().getSimpleName() + ")");
        } catch (MalformedDocumentException e) {
            return new Outcome(Verdict.TRY_AGAIN, "the answer is no document: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        connections.values().forEach(CachingConnectionFactory::destroy);
    }
}
