package org.relayhub.security;

import org.relayhub.message.InboundDocument;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codes.ResponseCodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds a document's claim of its sender against the identity that the caller has proved. */
public final class SenderIdentity {

    private static final Logger log = LoggerFactory.getLogger(SenderIdentity.class);

    /**
     * Lets a document pass if its caller is the party that it names as its sender.
     *
     * @throws RefusalException 0118 if it is another one
     */
    public InboundDocument verify(InboundDocument inbound) {
        Party claimed = inbound.document().header().sender();
        if (!claimed.user().equals(inbound.identity())) {
            log.warn(
                    "Security event: {} sent a document in the name of {} over {}",
                    inbound.identity(),
                    claimed,
                    inbound.transport());
            throw new RefusalException(
                    ResponseCodes.NOT_SIGNED_ON,
                    "OrigDomain: with MsgSender it names another party than the authenticated one");
        }
        return inbound;
    }
}
