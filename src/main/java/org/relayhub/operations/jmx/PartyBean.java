package org.relayhub.operations.jmx;

import java.util.List;
import org.relayhub.directory.Directory;
import org.relayhub.message.Party;
import org.relayhub.operations.desk.Moment;
import org.relayhub.operations.desk.PartyDesk;
import org.relayhub.operations.desk.Reasons;
import org.relayhub.security.Caller;
import org.springframework.jmx.export.annotation.ManagedAttribute;
import org.springframework.jmx.export.annotation.ManagedOperation;
import org.springframework.jmx.export.annotation.ManagedOperationParameter;
import org.springframework.jmx.export.annotation.ManagedResource;

/**
 * What an operator can do with parties in Hawtio, as over the operations API: it holds for all hubs and over restarts,
 * other than a lane that is stopped.
 */
@ManagedResource(
        objectName = "org.relayhub:type=Party",
        description = "Parties: suspend and resume deliveries to them 暂停与恢复投递")
public final class PartyBean {

    private final Directory directory;
    private final PartyDesk desk;

    PartyBean(Directory directory, PartyDesk desk) {
        this.directory = directory;
        this.desk = desk;
    }

    /** As in {@code SIMS-250, since 2026-03-02T09:30+08:00 by operator: maintenance}. */
    @ManagedAttribute(description = "Who is suspended, since when, by whom and why")
    public List<String> getSuspended() {
        return desk.suspensions().values().stream()
                .map(one -> one.party() + ", since " + Moment.shown(one.at()) + " by " + one.operator() + ": "
                        + one.reason())
                .sorted()
                .toList();
    }

    /** Stops deliveries to a party, in every hub, until they are resumed. */
    @ManagedOperation(description = "Messages for the party wait without being tried, in every hub")
    @ManagedOperationParameter(name = "party", description = "as in SIMS-250")
    @ManagedOperationParameter(name = "reason", description = "why; it is kept")
    public String suspend(String party, String reason) {
        Reasons.require(reason);
        Party known = known(party);
        return desk.suspend(known, Caller.current().name(), reason)
                ? known + " is suspended."
                : known + " is suspended already.";
    }

    /** Lets deliveries to a party go on. */
    @ManagedOperation(description = "Messages for the party are delivered again")
    @ManagedOperationParameter(name = "party", description = "as in SIMS-250")
    @ManagedOperationParameter(name = "reason", description = "why; may be empty")
    public String resume(String party, String reason) {
        Reasons.allow(reason);
        Party known = known(party);
        return desk.resume(known, Caller.current().name(), reason)
                ? known + " is resumed."
                : known + " was not suspended.";
    }

    private Party known(String name) {
        Party party = Party.of(name);
        if (directory.find(party).isEmpty()) {
            throw new IllegalArgumentException("parties.yaml has no party " + party + ".");
        }
        return party;
    }
}
