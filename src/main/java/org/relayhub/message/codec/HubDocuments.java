package org.relayhub.message.codec;

import java.time.Instant;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.codes.ActivityCodes;

/** Makes the requests that the hub sends in its own name, from HUB-000. */
public final class HubDocuments {

    /** Stands in an IndictSeq of the hub's own for the province. It is no party's node, and nobody else opens tickets of it. */
    public static final String TICKETS = "999";

    private final ActivityCodes codes;
    private final DocumentWriter writer;

    public HubDocuments(ActivityCodes codes, DocumentWriter writer) {
        this.codes = codes;
        this.writer = writer;
    }

    /**
     * A request.
     *
     * @param transIdo names it: the hub's own, and never used for another
     * @param test whether it is none of the business
     */
    public AddressedMessage request(
            Party home, Activity activity, String transIdo, Body body, boolean test, Instant at) {
        Header header = codes.of(activity).request(Party.HUB, home, transIdo, at, test);
        InterBossDocument document = InterBossDocument.of(header, null, body);
        return new AddressedMessage(document, writer.write(document), activity, Party.HUB, home, "hub");
    }

    /** The name of the body that an activity's request has. */
    public String element(Activity activity) {
        return codes.of(activity).requestElement();
    }
}
