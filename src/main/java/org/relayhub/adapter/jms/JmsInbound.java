package org.relayhub.adapter.jms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.component.jms.JmsMessage;
import org.relayhub.adapter.AnswerWriter;
import org.relayhub.adapter.Intake;
import org.relayhub.adapter.jms.FailedMessages.NotTakenException;
import org.relayhub.delivery.lane.OverRateException;
import org.relayhub.message.Answer;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.MalformedDocumentException;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codes.ResponseCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Between a JMS message and the document in it: the steps of the Kamelet {@code jms-inbound}. */
public final class JmsInbound {

    private static final Logger log = LoggerFactory.getLogger(JmsInbound.class);

    private static final String MESSAGE = "queuedMessage";

    /** How often the answer to a message is tried. */
    private static final int TRIES = 5;

    private static final int MOST_REMEMBERED = 10_000;

    private final DocumentReader reader;
    private final Intake intake;
    private final AnswerWriter answers;
    private final FailedMessages failed;

    /** By message. Lost with the hub, after which it is answered as often again. */
    private final Cache<String, AtomicInteger> answered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    JmsInbound(DocumentReader reader, Intake intake, AnswerWriter answers, FailedMessages failed) {
        this.intake = intake;
        this.reader = reader;
        this.answers = answers;
        this.failed = failed;
    }

    /**
     * Takes the document out of a message. One that holds none goes to {@code hub.invalid}, and the route ends.
     *
     * @param exchange its header {@code party} names the party whose queue it is
     * @throws NotTakenException if the hub has failed: the message stays on its queue
     */
    public void receive(Exchange exchange) throws JMSException {
        JmsMessage taken = exchange.getMessage(JmsMessage.class);
        Party party = Party.of(exchange.getMessage().getHeader("party", String.class));
        var message = new QueuedMessage(taken.getJmsMessage(), taken.getJmsSession(), party);
        exchange.setProperty(MESSAGE, message);
        try {
            requireOwn(message);
            // Only the party may send to its queue: that is what proves who it is.
            var inbound = new InboundDocument(
                    reader.read(MessageText.of(message.taken().message())), "jms", party.user());
            intake.begin(exchange, inbound);
            exchange.getMessage().removeHeaders("*");
            exchange.getMessage().setBody(inbound);
        } catch (MalformedDocumentException e) {
            failed.setAside(message.taken(), String.valueOf(e.getMessage()));
            exchange.setRouteStop(true);
        } catch (RuntimeException e) {
            log.error("A message of {} could not be read", party, e);
            failed.keepOrSetAside(message.taken(), e);
            exchange.setRouteStop(true);
        }
    }

    private static void requireOwn(QueuedMessage message) throws JMSException {
        if (message.isAnothers()) {
            log.warn("Security event: another user has sent to the queue of {} over jms", message.party());
            throw new MalformedDocumentException("JMSXUserID names another user than the queue's party");
        }
        if (!message.asksForItsOwn()) {
            log.warn(
                    "Security event: {} wants its answer sent to a destination that is not its own over jms",
                    message.party());
            throw new MalformedDocumentException("JMSReplyTo names a destination that is not the party's own");
        }
    }

    /**
     * Answers what the flow has answered.
     *
     * @throws NotTakenException if the hub has failed: the message stays on its queue
     */
    public void answer(Exchange exchange) throws JMSException {
        if (!(exchange.getMessage().getBody() instanceof Answer answer)) {
            // It was an answer itself.
            return;
        }
        QueuedMessage message = exchange.getProperty(MESSAGE, QueuedMessage.class);
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure instanceof OverRateException) {
            // Over its rate: the queue is where it can wait.
            throw new NotTakenException();
        }
        if (answer.code().equals(ResponseCodes.HUB_ERROR)
                && failure != null
                && !(failure instanceof RefusalException)) {
            failed.keepOrSetAside(message.taken(), failure);
        }
        intake.end(exchange, answer);
        Destination asked = message.replyTo();
        boolean refused = !answer.code().equals(ResponseCodes.SUCCESS);
        if (asked != null || refused) {
            String text = answers.write(intake.document(exchange).document(), answer);
            send(message, asked == null ? message.ownQueue() : asked, text);
        }
    }

    private void send(QueuedMessage message, Destination to, String text) throws JMSException {
        if (answered.get(message.taken().key(), key -> new AtomicInteger()).incrementAndGet() > TRIES) {
            // The answer is what fails; the message itself is booked, and must not block those behind it.
            log.warn("A message of {} cannot be answered where it asks to be", message.party());
            return;
        }
        try {
            message.answer(to, text);
        } catch (JMSException e) {
            if (message.isOwnQueue(to)) {
                throw e;
            }
            log.info(
                    "An answer to {} has nowhere to go: {}",
                    message.party(),
                    e.getClass().getSimpleName());
        }
    }

    /**
     * What becomes of an answer to the hub that could not be taken in.
     *
     * @throws NotTakenException if the hub has failed: the message stays on its queue
     */
    public void refuseAnswer(Exchange exchange, @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure)
            throws JMSException {
        QueuedMessage message = exchange.getProperty(MESSAGE, QueuedMessage.class);
        if (failure instanceof MalformedDocumentException) {
            failed.setAside(message.taken(), String.valueOf(failure.getMessage()));
        } else {
            log.error("An answer of {} could not be taken in", message.party(), failure);
            failed.keepOrSetAside(message.taken(), failure);
        }
    }
}
