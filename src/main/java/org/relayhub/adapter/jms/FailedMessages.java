package org.relayhub.adapter.jms;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.jms.JMSException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.relayhub.directory.Queues;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** What becomes of a message that the hub could not take in: the broker keeps it, or it is set aside. */
final class FailedMessages {

    private static final Logger log = LoggerFactory.getLogger(FailedMessages.class);

    /** How often a message is tried that fails in the hub, but not for want of the database. */
    private static final int TRIES = 5;

    private static final int MOST_REMEMBERED = 10_000;

    private final MeterRegistry meters;

    /** By message. Lost with the hub, after which it is tried as often again. */
    private final Cache<String, AtomicInteger> failures =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    FailedMessages(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Puts a message where an operator finds it, and counts it. */
    void setAside(TakenMessage message, String reason) throws JMSException {
        message.setAside(reason);
        meters.counter("hub.jms.invalid", "party", message.sender()).increment();
        log.warn("A message of {} went to {}: {}", message.sender(), Queues.INVALID, reason);
    }

    /**
     * Leaves a message with the broker that the hub has failed to take in, to be given again: for want of the database until
     * that is back. What fails for another reason would fail for ever, and is set aside in the end.
     *
     * @throws NotTakenException if the broker is to keep it
     */
    void keepOrSetAside(TakenMessage message, Throwable failure) throws JMSException {
        if (!isForWantOfTheDatabase(failure)
                && failures.get(message.key(), key -> new AtomicInteger()).incrementAndGet() >= TRIES) {
            setAside(
                    message,
                    "the hub failed " + TRIES + " times: " + failure.getClass().getSimpleName());
            return;
        }
        try {
            // The broker gives it again at once.
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new NotTakenException();
    }

    /** Whether it would not have failed if the database were there. */
    static boolean isForWantOfTheDatabase(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransientDataAccessException
                    || cause instanceof TransactionException) {
                return true;
            }
        }
        return false;
    }

    /** Has the broker keep a message that the hub could not take in. */
    static final class NotTakenException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotTakenException() {
            super("the hub could not take the message in; it stays with the broker", null, false, false);
        }
    }
}
