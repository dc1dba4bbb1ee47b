package org.relayhub.delivery.lane;

import org.relayhub.message.Fault;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codes.ResponseCodes;

/** A party sends more than its rate allows: 0131. What comes off a queue may stay there until there is room. */
public final class OverRateException extends RefusalException {

    private static final long serialVersionUID = 1L;

    OverRateException() {
        super(new Fault(
                ResponseCodes.CONGESTION, "OrigDomain: with MsgSender it names a party that exceeds its rate limit"));
    }
}
