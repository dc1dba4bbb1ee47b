package org.relayhub.standalone.simulation;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.standalone.simulation.peer.Holding;
import org.relayhub.standalone.simulation.peer.Holdings;
import org.relayhub.standalone.simulation.peer.Incoming;
import org.relayhub.standalone.simulation.peer.Peers;
import org.relayhub.standalone.simulation.peer.PlannedActions;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Invents complaints, so that a newcomer sees tickets move: one at a time, from a province chosen by chance. */
final class SampleStream {

    private static final Party HOME = new Party("CSVC", "000");

    /** With so much unsent the hub has other worries than samples. */
    private static final int ENOUGH_WAITING = 200;

    private final JdbcClient database;
    private final Peers peers;
    private final SampleComplaints complaints;
    private final Holdings holdings;
    private final PlannedActions planned;
    private final RandomGenerator random;
    private final Clock clock;

    SampleStream(
            JdbcClient database,
            Peers peers,
            SampleComplaints complaints,
            Holdings holdings,
            PlannedActions planned,
            RandomGenerator random,
            Clock clock) {
        this.database = database;
        this.peers = peers;
        this.complaints = complaints;
        this.holdings = holdings;
        this.planned = planned;
        this.random = random;
        this.clock = clock;
    }

    /** Has one province dispatch one complaint; to be called within a transaction. */
    void next() {
        List<Party> crms = peers.of("CRM");
        if (crms.isEmpty() || planned.waiting() >= ENOUGH_WAITING) {
            return;
        }
        Instant now = clock.instant();
        Party crm = crms.get(random.nextInt(crms.size()));
        String indictSeq = indictSeq(crm, now);
        Body dispatch = complaints.any(crm, indictSeq, now);
        holdings.put(
                new Holding(
                        crm,
                        indictSeq,
                        crm,
                        HOME,
                        Holding.State.DISPATCHED,
                        1,
                        0,
                        0,
                        false,
                        planned.document(crm, HOME, Activity.DISPATCH, false, dispatch, now)),
                now);
        planned.plan(crm, HOME, indictSeq, Activity.DISPATCH, false, dispatch, now, now);
    }

    private String indictSeq(Party crm, Instant now) {
        long number = database.sql("select nextval('simulation.sample_ticket')")
                .query(Long.class)
                .single();
        return "%sCSVC%s%c%06d"
                .formatted(Serial.compactTime(now).substring(0, 8), crm.node(), Incoming.SAMPLE, number % 1_000_000L);
    }
}
