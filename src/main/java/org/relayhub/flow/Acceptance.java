package org.relayhub.flow;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Answer;
import org.relayhub.message.Fault;
import org.relayhub.message.Header;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.RefusalException;
import org.relayhub.message.Serial;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Receipt;
import org.relayhub.ticket.refusal.RefusalLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** What a sender is told: the last step of the route {@code accept} and of its errors. */
public final class Acceptance {

    private static final Logger log = LoggerFactory.getLogger(Acceptance.class);

    private final Ledger ledger;
    private final RefusalLog refusals;
    private final Clock clock;

    public Acceptance(Ledger ledger, RefusalLog refusals, Clock clock) {
        this.ledger = ledger;
        this.refusals = refusals;
        this.clock = clock;
    }

    /** The answer to a message that the ledger has committed. */
    public Answer acknowledge(Receipt receipt) {
        return new Answer(
                receipt.code(),
                receipt.description(),
                Serial.of(receipt.serial()),
                Serial.compactTime(receipt.at()),
                null);
    }

    /**
     * The answer to a document that is refused with a code. One that was accepted when it came first gets the first answer
     * again, whatever it would be refused for now, such as a code that has ended since.
     */
    public Answer refuse(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure,
            @ExchangeProperty("inbound") @Nullable InboundDocument inbound,
            @ExchangeProperty("message") @Nullable AddressedMessage message) {
        // A step that is an expression of a route wraps what it throws.
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusalException refusal) {
                try {
                    return (message == null ? Optional.<Receipt>empty() : ledger.findReceipt(message))
                            .map(this::acknowledge)
                            .orElseGet(() -> refused(refusal.fault(), inbound));
                } catch (DataAccessException e) {
                    // It may have been accepted before, and nobody can tell now.
                    return fail(e, inbound);
                }
            }
        }
        return fail(failure, inbound);
    }

    /** The answer where the hub itself failed: nothing was committed, and the sender may try again. */
    public Answer fail(
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Throwable failure,
            @ExchangeProperty("inbound") @Nullable InboundDocument inbound) {
        log.error("A document could not be taken in", failure);
        return answer(new Fault(ResponseCodes.HUB_ERROR, "the hub could not take it in now; try again"), "HUB-ERROR");
    }

    private Answer refused(Fault fault, @Nullable InboundDocument inbound) {
        long refusal = 0;
        // A party that floods the hub must not flood the database with it: its rate is counted and logged elsewhere.
        if (inbound != null && !fault.code().equals(ResponseCodes.CONGESTION)) {
            Header header = inbound.document().header();
            try {
                refusal = refusals.book(inbound.identity(), header, inbound.transport(), fault, clock.instant());
            } catch (DataAccessException e) {
                // The sender's answer is the same without it.
                log.warn(
                        "A refusal could not be booked: {}",
                        e.getMostSpecificCause().getMessage());
            }
        }
        return answer(fault, "REFUSAL%015d".formatted(refusal));
    }

    private Answer answer(Fault fault, String transIdh) {
        Instant now = clock.instant();
        return new Answer(fault.code(), fault.description(), transIdh, Serial.compactTime(now), null);
    }
}
