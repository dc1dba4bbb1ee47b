package org.relayhub.diagnosis;

import java.time.Clock;
import java.util.UUID;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codes.ActivityCodes;

/** Makes the documents by which the hub itself asks a party: from HUB-000, each with a TransIDO of its own. */
public final class HubQuestions {

    private final ActivityCodes codes;
    private final DocumentWriter writer;
    private final Clock clock;

    public HubQuestions(ActivityCodes codes, DocumentWriter writer, Clock clock) {
        this.codes = codes;
        this.writer = writer;
        this.clock = clock;
    }

    /**
     * A question on its way.
     *
     * @param test whether it is asked for the sake of a test message
     */
    public PeerCall call(PartyEntry to, Activity activity, Body body, boolean test) {
        String transIdo = "HUBA" + UUID.randomUUID().toString().replace("-", "").substring(0, 26);
        Header header = codes.of(activity).request(Party.HUB, to.party(), transIdo, clock.instant(), test);
        String canonical = writer.write(InterBossDocument.of(header, null, body));
        return new PeerCall(to, to.form().render(canonical, null), true);
    }
}
