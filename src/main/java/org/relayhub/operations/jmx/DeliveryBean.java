package org.relayhub.operations.jmx;

import java.util.List;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.DeliveryDesk;
import org.relayhub.operations.desk.PartyOverview;
import org.relayhub.operations.desk.PersonalData;
import org.relayhub.operations.desk.Reasons;
import org.relayhub.operations.desk.Story;
import org.relayhub.security.Caller;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;

/** What waits to be delivered, and what an operator does about what was given up. */
@ManagedResource(
        objectName = "org.relayhub:type=Delivery",
        description = "Deliveries: what waits and why; resend and discard dead letters 重发与丢弃死信")
public final class DeliveryBean {

    private static final int SHOWN = 100;

    private final DeliveryDesk desk;
    private final PartyOverview parties;
    private final Story story;

    DeliveryBean(DeliveryDesk desk, PartyOverview parties, Story story) {
        this.desk = desk;
        this.parties = parties;
        this.story = story;
    }

    /** The oldest of what waits for a party, a line each. */
    @ManagedOperation(description = "What waits for a party, oldest first, and why; at most " + SHOWN)
    @ManagedOperationParameter(name = "party", description = "as in SIMS-250")
    public List<String> waiting(String party) {
        PersonalData personal = PersonalData.seenBy(Caller.current());
        return desk.find(Party.of(party), null, 0, SHOWN).stream()
                .map(row -> "%d %s %s %s of %s: %s%s"
                        .formatted(
                                row.id(),
                                row.state(),
                                row.activity(),
                                row.transIdo(),
                                row.indictSeq() == null ? "no ticket" : row.indictSeq(),
                                row.hold(parties.isCircuitOpen(row.party())),
                                row.lastCode() == null
                                        ? ""
                                        : ", " + story.words(row.lastCode(), row.lastError(), personal)))
                .toList();
    }

    @ManagedOperation(description = "A dead letter is delivered again")
    @ManagedOperationParameter(name = "id", description = "the delivery's number")
    @ManagedOperationParameter(name = "reason", description = "why; it is kept")
    public String resend(long id, String reason) {
        return act(DeliveryDesk.Act.RESEND, id, reason);
    }

    @ManagedOperation(description = "A dead letter is given up for good; what waited behind it goes on")
    @ManagedOperationParameter(name = "id", description = "the delivery's number")
    @ManagedOperationParameter(name = "reason", description = "why; it is kept")
    public String discard(long id, String reason) {
        return act(DeliveryDesk.Act.DISCARD, id, reason);
    }

    @ManagedOperation(description = "All dead letters of a party are delivered again")
    @ManagedOperationParameter(name = "party", description = "as in SIMS-250")
    @ManagedOperationParameter(name = "reason", description = "why; it is kept")
    public String resendAll(String party, String reason) {
        Reasons.require(reason);
        int done = desk.actOnAll(
                DeliveryDesk.Act.RESEND, Party.of(party), Caller.current().name(), reason);
        return done + " deliveries to " + party + " are resent.";
    }

    private String act(DeliveryDesk.Act act, long id, String reason) {
        Reasons.require(reason);
        if (desk.act(act, id, Caller.current().name(), reason)) {
            return "Delivery " + id + " is " + act.participle() + ".";
        }
        return desk.state(id)
                .map(state -> "Delivery %d is %s: only a dead letter can be %s.".formatted(id, state, act.participle()))
                .orElse("No delivery has the number " + id + ".");
    }
}
