package org.relayhub.adapter.jms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.BytesMessage;
import jakarta.jms.DeliveryMode;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.jms.JmsMessage;
import org.jspecify.annotations.Nullable;
import org.relayhub.adapter.AnswerWriter;
import org.relayhub.message.Answer;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.SafeParsers;
import org.relayhub.message.codes.ResponseCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Between a JMS message and the document in it: the steps of the Kamelet {@code jms-inbound}. What is sent here, answers
 * and messages that cannot be read, is sent in the transaction of the session that took the message off its queue.
 */
public final class JmsInbound {

    private static final Logger log = LoggerFactory.getLogger(JmsInbound.class);

    /** Of a message that AMQP brought: the id that its sender knows. The broker's own says nothing to the sender. */
    private static final String AMQP_MESSAGE_ID = "NATIVE_MESSAGE_ID";

    /** Who sent it, where the broker says so. */
    private static final String VALIDATED_USER = "JMSXUserID";

    private static final String REASON = "hubReason";
    private static final String QUEUE = "hubQueue";
    private static final String REQUEST = "jmsRequest";

    /** How often a message is tried that fails in the hub, but not for want of the database; and how often its answer. */
    private static final int TRIES = 5;

    private static final int MOST_REMEMBERED = 10_000;

    private static final int UTF_16_BYTES_PER_CHARACTER = 2;

    private final DocumentReader reader;
    private final AnswerWriter answers;
    private final MeterRegistry meters;

    /** By message id. Lost with the hub, after which it is tried as often again. */
    private final Cache<String, AtomicInteger> failures = counts();

    private final Cache<String, AtomicInteger> answered = counts();

    private static Cache<String, AtomicInteger> counts() {
        return Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();
    }

    private record Request(Message message, Session session, Party party) {}

    JmsInbound(DocumentReader reader, AnswerWriter answers, MeterRegistry meters) {
        this.reader = reader;
        this.answers = answers;
        this.meters = meters;
    }

    /**
     * Takes the document out of a message. One that holds none goes to {@code hub.invalid}, and the route ends.
     *
     * @param exchange its header {@code party} names the party whose queue it is
     */
    public void receive(Exchange exchange) throws JMSException {
        JmsMessage taken = exchange.getMessage(JmsMessage.class);
        Party party = Party.of(exchange.getMessage().getHeader("party", String.class));
        var request = new Request(taken.getJmsMessage(), taken.getJmsSession(), party);
        exchange.setProperty(REQUEST, request);
        try {
            requireOwnReplyTo(request);
            var inbound = new InboundDocument(reader.read(text(request.message())), "jms", identity(request));
            exchange.setProperty("inbound", inbound);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setBody(inbound);
        } catch (MalformedDocumentException e) {
            setAside(request, String.valueOf(e.getMessage()));
            exchange.setRouteStop(true);
        }
    }

    private static void requireOwnReplyTo(Request request) throws JMSException {
        Destination replyTo = request.message().getJMSReplyTo();
        if (replyTo != null
                && !(replyTo instanceof Queue queue && Queues.mayBeAnsweredAt(request.party(), queue.getQueueName()))) {
            log.warn(
                    "Security event: {} wants its answer sent to a destination that is not its own over jms",
                    request.party());
            throw new MalformedDocumentException("JMSReplyTo names a destination that is not the party's own");
        }
    }

    private static String text(Message message) throws JMSException {
        requireSmall(message);
        if (message instanceof TextMessage textMessage) {
            String text = textMessage.getText();
            if (text != null && text.getBytes(StandardCharsets.UTF_8).length > SafeParsers.MAX_BYTES) {
                throw new MalformedDocumentException("the document is larger than 1 MiB");
            }
            if (text != null) {
                return text;
            }
        }
        if (message instanceof BytesMessage bytesMessage) {
            // As AMQP clients send data.
            byte[] bytes = new byte[(int) bytesMessage.getBodyLength()];
            bytesMessage.readBytes(bytes);
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new MalformedDocumentException("the bytes are not UTF-8");
            }
        }
        throw new MalformedDocumentException("it is no text message");
    }

    /** Before the body is read: the client would hold all of it in memory. */
    private static void requireSmall(Message message) throws JMSException {
        long bytes = message instanceof ActiveMQMessage artemis
                ? artemis.getCoreMessage().getBodySize()
                : 0;
        if (bytes > (long) UTF_16_BYTES_PER_CHARACTER * (SafeParsers.MAX_BYTES + 1)) {
            throw new MalformedDocumentException("the document is larger than 1 MiB");
        }
    }

    /** The broker's word for it, or the right to send to the queue, which only its party has. */
    private static String identity(Request request) throws JMSException {
        String user = request.message().getStringProperty(VALIDATED_USER);
        return user == null || user.isEmpty() ? request.party().user() : user;
    }

    /**
     * Answers what the flow has answered.
     *
     * @throws NotTakenException if the hub has failed: the message stays on its queue
     */
    public void answer(Exchange exchange) throws JMSException {
        Request request = exchange.getProperty(REQUEST, Request.class);
        if (!(exchange.getMessage().getBody() instanceof Answer answer)) {
            // It was an answer itself.
            return;
        }
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure instanceof RefusalException refusal
                && refusal.fault().code().equals(ResponseCodes.CONGESTION)) {
            // Over its rate: the queue is where it can wait.
            throw new NotTakenException();
        }
        boolean failed = answer.code().equals(ResponseCodes.HUB_ERROR)
                && failure != null
                && !(failure instanceof RefusalException);
        if (failed && !isToBeSetAside(request, failure)) {
            pause();
            throw new NotTakenException();
        }
        var inbound = exchange.getProperty("inbound", InboundDocument.class);
        boolean refused = !answer.code().equals(ResponseCodes.SUCCESS);
        Destination to = request.message().getJMSReplyTo();
        if (to == null && refused) {
            to = request.session().createQueue(Queues.out(request.party()));
        }
        if (to != null) {
            send(request, to, answers.write(inbound.document(), answer));
        }
    }

    private void send(Request request, Destination to, String text) throws JMSException {
        if (count(answered, request) > TRIES) {
            // The answer is what fails; the message itself is booked, and must not block those behind it.
            log.warn("A message of {} cannot be answered where it asks to be", request.party());
            return;
        }
        TextMessage answer = request.session().createTextMessage(text);
        answer.setJMSCorrelationID(correlation(request.message()));
        try (MessageProducer producer = request.session().createProducer(null)) {
            boolean kept = ((Queue) to).getQueueName().equals(Queues.out(request.party()));
            producer.setDeliveryMode(kept ? DeliveryMode.PERSISTENT : DeliveryMode.NON_PERSISTENT);
            producer.send(to, answer);
        } catch (JMSException e) {
            if (((Queue) to).getQueueName().equals(Queues.out(request.party()))) {
                throw e;
            }
            log.info(
                    "An answer to {} has nowhere to go: {}",
                    request.party(),
                    e.getClass().getSimpleName());
        }
    }

    private static @Nullable String correlation(Message message) throws JMSException {
        if (message.getJMSCorrelationID() != null) {
            return message.getJMSCorrelationID();
        }
        String amqp = message.getStringProperty(AMQP_MESSAGE_ID);
        return amqp == null ? message.getJMSMessageID() : amqp;
    }

    /**
     * Whether a message that the hub has failed to take in is set aside now. For want of the database it is tried until
     * that is back; what fails for another reason would fail for ever.
     */
    private boolean isToBeSetAside(Request request, Throwable failure) throws JMSException {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessException || cause instanceof TransactionException) {
                return false;
            }
        }
        if (count(failures, request) < TRIES) {
            return false;
        }
        setAside(
                request,
                "the hub failed " + TRIES + " times: " + failure.getClass().getSimpleName());
        return true;
    }

    private static int count(Cache<String, AtomicInteger> counts, Request request) throws JMSException {
        return counts.get(String.valueOf(request.message().getJMSMessageID()), id -> new AtomicInteger())
                .incrementAndGet();
    }

    /** The broker gives a message again at once. */
    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What becomes of an answer to the hub that could not be taken in.
     *
     * @throws NotTakenException if the hub has failed: the message stays on its queue
     */
    public void refuseAnswer(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure)
            throws JMSException {
        Request request = exchange.getProperty(REQUEST, Request.class);
        if (failure instanceof MalformedDocumentException) {
            setAside(request, String.valueOf(failure.getMessage()));
        } else if (!isToBeSetAside(request, failure)) {
            pause();
            throw new NotTakenException();
        }
    }

    /** Puts a message that nobody can answer where an operator finds it, as it came, with the reason. */
    private void setAside(Request request, String reason) throws JMSException {
        Message message = request.message();
        String id = correlation(message);
        message.clearProperties();
        message.setStringProperty(REASON, reason);
        message.setStringProperty(QUEUE, Queues.in(request.party()));
        message.setJMSCorrelationID(id);
        try (MessageProducer producer = request.session().createProducer(null)) {
            producer.send(request.session().createQueue(Queues.INVALID), message);
        }
        meters.counter("hub.jms.invalid", "party", request.party().toString()).increment();
        log.warn("A message of {} went to {}: {}", request.party(), Queues.INVALID, reason);
    }

    /** Has the broker keep a message that the hub could not take in. */
    static final class NotTakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotTakenException() {
            super("the hub could not take the message in; it stays on its queue", null, false, false);
        }
    }
}
