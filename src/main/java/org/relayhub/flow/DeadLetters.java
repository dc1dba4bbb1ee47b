package org.relayhub.flow;

import org.relayhub.delivery.Dispatcher;
import org.relayhub.delivery.Settlement;
import org.relayhub.ticket.SenderNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The step of the route {@code dead-letter}: a message that its home party has refused for good. */
public final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    private final SenderNotice notice;
    private final Dispatcher dispatcher;

    public DeadLetters(SenderNotice notice, Dispatcher dispatcher) {
        this.notice = notice;
        this.dispatcher = dispatcher;
    }

    /** Tells the sender, in the party's words; the log has its code only. A dispatch that went back to it is settled by that; anything else waits for an operator. */
    public Settlement refused(Settlement settlement) {
        log.warn("{} has refused a message for good with {}", settlement.party(), settlement.code());
        SenderNotice.Told told = notice.tell(
                settlement.serial(),
                settlement.deliveryId(),
                settlement.token(),
                settlement.code(),
                settlement.description());
        if (told.party() != null) {
            dispatcher.wake(told.party());
        }
        return told.outcome() == SenderNotice.Outcome.RETURNED ? settlement.returned() : settlement;
    }
}
