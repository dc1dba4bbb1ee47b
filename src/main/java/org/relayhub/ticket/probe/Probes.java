package org.relayhub.ticket.probe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tries each link with a test ticket of the hub's own: dispatched, answered by the party, archived. It goes the way of
 * every ticket, through the ledger and the party's lane, and is none of the business.
 */
public final class Probes {

    private static final Logger LOG = LoggerFactory.getLogger(Probes.class);

    private final ProbeRows rows;
    private final TransactionTemplate transaction;
    private final Ledger ledger;
    private final ProbeTicket ticket;
    private final ProbeSettings settings;
    private final Supplier<Collection<Party>> probed;
    private final Consumer<Party> wake;
    private final MeterRegistry meters;
    private final Clock clock;

    /**
     * @param probed the parties that are tried
     * @param wake told of a party that something waits for
     */
    public Probes(
            JdbcClient database,
            TransactionTemplate transaction,
            Ledger ledger,
            HubDocuments documents,
            ProbeSettings settings,
            Supplier<Collection<Party>> probed,
            Consumer<Party> wake,
            MeterRegistry meters,
            Clock clock) {
        this.rows = new ProbeRows(database);
        this.transaction = transaction;
        this.ledger = ledger;
        this.ticket = new ProbeTicket(documents, settings.svcTypeId(), settings.answerWithin());
        this.settings = settings;
        this.probed = probed;
        this.wake = wake;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Sends every party a test ticket, but for those that are suspended or have one already.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public void begin() {
        for (Party party : rows.free(probed.get())) {
            try {
                transaction.executeWithoutResult(status -> begin(party));
                wake.accept(party);
            } catch (RefusalException e) {
                // One ticket that cannot be opened is no reason to leave the other links alone.
                LOG.error("The link to {} cannot be tried: {}", party, e.getMessage());
            }
        }
    }

    private void begin(Party party) {
        Instant now = clock.instant();
        String indictSeq = ProbeTicket.indictSeq(rows.nextNumber(), now);
        rows.begin(party, indictSeq, now);
        Receipt receipt = ledger.accept(ticket.dispatch(party, indictSeq, now));
        if (!receipt.code().equals(ResponseCodes.SUCCESS)) {
            throw new RefusalException(receipt.code(), receipt.description());
        }
    }

    /**
     * Closes what was answered, and ends what has come to its end or takes too long.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public void follow() {
        Instant now = clock.instant();
        rows.open().forEach(probe -> follow(probe, now));
        rows.giveUp(now.minus(settings.answerWithin()));
    }

    private void follow(ProbeRows.Standing probe, Instant now) {
        if (probe.answeredAt() != null && !probe.archiving()) {
            Instant answered = probe.answeredAt();
            transaction.executeWithoutResult(status -> {
                rows.answered(probe.id(), answered);
                ledger.accept(ticket.archive(probe.party(), probe.indictSeq(), now));
            });
            wake.accept(probe.party());
        }
        Outcome outcome = outcome(probe, now);
        if (outcome != null) {
            end(probe, outcome, now);
        }
    }

    /** What a probe has come to; null if it goes on, or has ended. */
    private @Nullable Outcome outcome(ProbeRows.Standing probe, Instant now) {
        if (probe.endedAt() != null) {
            return null;
        }
        if (probe.closedAt() != null) {
            return Outcome.OK;
        }
        if (probe.refusal() != null) {
            return Outcome.REFUSED;
        }
        if (now.isBefore(probe.beganAt().plus(settings.answerWithin()))) {
            return null;
        }
        if (probe.answeredAt() != null) {
            return Outcome.NOT_CLOSED;
        }
        return probe.takenAt() == null ? Outcome.NOT_TAKEN : Outcome.NOT_ANSWERED;
    }

    private void end(ProbeRows.Standing probe, Outcome outcome, Instant now) {
        String trouble =
                switch (outcome) {
                    case OK, NOT_ANSWERED -> null;
                    case REFUSED -> probe.refusal();
                    case NOT_TAKEN, NOT_CLOSED -> probe.trouble();
                };
        rows.end(probe.id(), outcome, probe.takenAt(), trouble, now);
        Counter.builder("hub.probes.ended")
                .description("test tickets by which a link was tried, by what came of them")
                .tag("party", probe.party().toString())
                .tag("outcome", outcome.label())
                .register(meters)
                .increment();
        if (outcome != Outcome.OK) {
            LOG.warn(
                    "The link to {} does not do: test ticket {} is {}",
                    probe.party(),
                    probe.indictSeq(),
                    outcome.label());
        }
    }

    /**
     * Forgets the test tickets that ended long ago.
     *
     * @throws org.springframework.dao.DataAccessException if the database does not answer
     */
    public void forget() {
        while (rows.forget(clock.instant().minus(settings.keep())) > 0) {
            LOG.debug("old test tickets are forgotten");
        }
    }
}
