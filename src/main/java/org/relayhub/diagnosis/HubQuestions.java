package org.relayhub.diagnosis;

import java.time.Clock;
import java.util.UUID;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.codec.HubDocuments;

/** Makes the documents by which the hub itself asks a party: from HUB-000, each with a TransIDO of its own. */
public final class HubQuestions {

    private final HubDocuments documents;
    private final Clock clock;

    public HubQuestions(HubDocuments documents, Clock clock) {
        this.documents = documents;
        this.clock = clock;
    }

    /**
     * A question on its way.
     *
     * @param test whether it is asked for the sake of a test message
     */
    public PeerCall call(PartyEntry to, Activity activity, Body body, boolean test) {
        String transIdo = "HUBA" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);
        String canonical = documents
                .request(to.party(), activity, transIdo, body, test, clock.instant())
                .canonical();
        return new PeerCall(to, to.form().render(canonical, null), true);
    }
}
