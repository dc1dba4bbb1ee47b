package org.relayhub.diagnosis;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.relayhub.delivery.lane.PeerCall;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
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
        ActivityCodes.Row row = codes.of(activity);
        Instant now = clock.instant();
        Header header = new Header(
                "0100",
                test ? "1" : "0",
                row.bipCode(),
                row.activityCode(),
                Header.REQUEST,
                Party.HUB.domain(),
                Header.BY_NODE,
                to.party().domain(),
                to.party().node(),
                null,
                "HUBA" + UUID.randomUUID().toString().replace("-", "").substring(0, 26),
                Serial.compactTime(now),
                null,
                null,
                Party.HUB.node() + "0",
                null,
                null,
                null);
        String canonical = writer.write(InterBossDocument.of(header, null, body));
        return new PeerCall(to, to.form().render(canonical, null), true);
    }
}
