package org.relayhub.oracle;

import static org.awaitility.Awaitility.await;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.relayhub.JmsCaller;
import org.relayhub.SoapCaller;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/**
 * Where one person of all parties sits: what is to be sent is sent again and again, by the same TransIDO, until the hub says
 * that it is accepted. Used by one thread.
 */
final class Desk implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Longer than any fault, and a hub that starts again after it. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final Duration AGAIN_AFTER = Duration.ofMillis(50);
    private static final String ACCEPTED = "0000";
    private static final List<String> WORTH_A_RETRY = List.of("", "0111", "0131");

    private final List<SoapCaller> hubs;
    private final int brokerPort;
    private final String password;
    private final Map<Party, Line> lines = new HashMap<>();
    private int next;

    Desk(List<Integer> hubPorts, int brokerPort, String password) {
        hubs = hubPorts.stream().map(port -> new SoapCaller(port, password)).toList();
        this.brokerPort = brokerPort;
        this.password = password;
    }

    /** A JMS client's session, its queue for answers, and who reads that. */
    private record Line(JmsCaller caller, TemporaryQueue replies, JMSConsumer answers) {

        static Line open(int port, Party party, String password) {
            var caller = new JmsCaller(JmsCaller.Protocol.CORE, port, party.user(), password);
            TemporaryQueue replies = caller.session().createTemporaryQueue();
            return new Line(caller, replies, caller.session().createConsumer(replies));
        }
    }

    /**
     * Sends until it is accepted.
     *
     * @param overJms whether the sender speaks JMS
     * @throws AssertionError if it is refused
     */
    void insist(AddressedMessage message, boolean overJms) {
        await(message.transIdo() + " accepted")
                .atMost(LONGEST)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(AGAIN_AFTER)
                .until(() -> isAccepted(message, overJms ? overJms(message) : overSoap(message)));
    }

    private static boolean isAccepted(AddressedMessage message, String code) {
        if (!code.equals(ACCEPTED) && !WORTH_A_RETRY.contains(code)) {
            throw new AssertionError(message.activity() + " " + message.transIdo() + " of " + message.indictSeq()
                    + " was refused with " + code);
        }
        return code.equals(ACCEPTED);
    }

    /** Each try goes to the next hub, as behind a proxy. */
    private String overSoap(AddressedMessage message) throws InterruptedException {
        try {
            return hubs.get(next++ % hubs.size())
                    .send(message.sender().user(), message.canonical())
                    .code();
        } catch (IOException e) {
            return "";
        }
    }

    private String overJms(AddressedMessage message) {
        Party party = message.sender();
        try {
            Line line = lines.computeIfAbsent(party, key -> Line.open(brokerPort, key, password));
            TextMessage request = line.caller().text(message.canonical());
            request.setJMSReplyTo(line.replies());
            request.setJMSCorrelationID(message.transIdo());
            line.caller().send("hub.in." + party, request);
            return answer(line, message.transIdo());
        } catch (JMSException | JMSRuntimeException e) {
            hangUp(party);
            return "";
        }
    }

    /** The answer to a message; one to an earlier try of it is as good, and one to another message is passed over. */
    private static String answer(Line line, String transIdo) throws JMSException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        for (long left = PATIENCE.toMillis(); left > 0; left = (until - System.nanoTime()) / 1_000_000) {
            Message answer = line.answers().receive(left);
            if (answer instanceof TextMessage text && Objects.equals(answer.getJMSCorrelationID(), transIdo)) {
                return new SoapCaller.Reply(200, text.getText()).code();
            }
        }
        return "";
    }

    private void hangUp(Party party) {
        @Nullable Line line = lines.remove(party);
        if (line != null) {
            try {
                line.caller().close();
            } catch (JMSRuntimeException e) {
                // The broker is gone, and the line with it.
                return;
            }
        }
    }

    @Override
    public void close() {
        List.copyOf(lines.keySet()).forEach(this::hangUp);
    }
}
