package org.relayhub.message.codec;

import static org.relayhub.message.codes.ResponseCodes.BODY_FORMAT;
import static org.relayhub.message.codes.ResponseCodes.WRONG_FORMAT;

import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.Fault;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codes.ActivityCodes;

/**
 * Refuses documents that the schema does not allow, in the order in which a sender may be told: header, then (once its
 * identity and its way are known) body.
 */
public final class DocumentChecks {

    /** Where an IndictSeq has its province: after the day and {@code CSVC}. */
    private static final int PROVINCE_AT = 12;

    private final ActivityCodes codes;

    public DocumentChecks(ActivityCodes codes) {
        this.codes = codes;
    }

    /** @throws RefusalException 0105 */
    public InboundDocument checkHeader(InboundDocument inbound) {
        refuse(inbound.document().headerFault());
        return inbound;
    }

    /** @throws RefusalException 0106 or 4001 to 4007 */
    public AddressedMessage checkBody(AddressedMessage message) {
        InterBossDocument document = message.document();
        refuse(document.bodyFault());
        String wanted = codes.of(message.activity()).requestElement();
        Body body = document.body();
        if (body == null || !body.element().equals(wanted)) {
            throw new RefusalException(BODY_FORMAT, wanted + ": missing in SvcCont");
        }
        if (message.activity() == Activity.DISPATCH) {
            checkProvince(body, message.sender());
        }
        return message;
    }

    /** A CRM opens tickets of its own province only, so that nobody can take another's number; and nobody one of the hub's. */
    private static void checkProvince(Body dispatch, Party sender) {
        String indictSeq = dispatch.get("IndictSeq");
        if (sender.domain().equals("CRM") && !indictSeq.startsWith(sender.node(), PROVINCE_AT)) {
            throw new RefusalException(WRONG_FORMAT, "IndictSeq: its province is not the sender's");
        }
        if (indictSeq.startsWith(HubDocuments.TICKETS, PROVINCE_AT)) {
            throw new RefusalException(
                    WRONG_FORMAT, "IndictSeq: " + HubDocuments.TICKETS + " is for test tickets of the hub's own");
        }
    }

    private static void refuse(@org.jspecify.annotations.Nullable Fault fault) {
        if (fault != null) {
            throw new RefusalException(fault);
        }
    }
}
