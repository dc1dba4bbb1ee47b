package org.relayhub.ticket;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The book of everything that was accepted. A message is acknowledged only after the one transaction that holds the
 * message, what it does to its leg, and the delivery that it waits in.
 */
public final class Ledger {

    private final LedgerRows rows;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Ledger(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        this.rows = new LedgerRows(database);
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Books a message about a ticket: once, however often it comes. Returns after the commit.
     *
     * @return the first answer to this message, be it an acceptance or a refusal by the lifecycle
     * @throws RefusalException 0103 if the sender has used the TransIDO for another content
     */
    public Receipt accept(AddressedMessage message) {
        return inTransaction(() -> acceptOnce(message));
    }

    /**
     * Whether a party may ask about a ticket: if it has a leg of it, in whatever state.
     *
     * @throws RefusalException 2901 or 2903 if not
     */
    public void checkQuery(AddressedMessage query) {
        List<Leg> hot = rows.legs(indictSeq(query));
        List<Leg> legs = hot.isEmpty() ? rows.archivedLegs(indictSeq(query)) : hot;
        if (legs.stream().noneMatch(leg -> leg.joins(query.sender()))) {
            Lifecycle.Verdict verdict = judge(query, legs, LedgerRows.Standing.OPEN);
            throw new RefusalException(verdict.code(), verdict.reason());
        }
    }

    /**
     * What became of a synchronous message when it came before; empty if it is new.
     *
     * @throws RefusalException 0103 if the sender has used the TransIDO for another content
     */
    public Optional<FirstAnswer> findFirst(AddressedMessage message) {
        return rows.findFirst(message);
    }

    /** The first answer to a message about a ticket, if the same came before. */
    public Optional<Receipt> findReceipt(AddressedMessage message) {
        return rows.findEarlier(message.sender(), message.transIdo())
                .filter(earlier -> ContentDigest.isSame(message, earlier.digest()))
                .map(Ledger::repeated);
    }

    /** Whether a message came before, whatever became of it. */
    public boolean knows(AddressedMessage message) {
        return rows.findEarlier(message.sender(), message.transIdo()).isPresent();
    }

    /**
     * Books a synchronous message with the answer that it got.
     *
     * @param answer the canonical answer document
     * @return what was answered first
     * @throws RefusalException 0103 if the sender has used the TransIDO for another content
     */
    public Receipt recordAnswered(AddressedMessage message, String code, String description, String answer) {
        return inTransaction(() -> {
            byte[] digest = ContentDigest.of(message);
            Instant now = clock.instant();
            Optional<LedgerRows.Booked> booked =
                    rows.bookMessage(message, digest, now, new LedgerRows.Reply(code, description, answer));
            return booked.isEmpty()
                    ? earlier(message)
                    : new Receipt(booked.get().serial(), now, code, description, false);
        });
    }

    private Receipt acceptOnce(AddressedMessage message) {
        byte[] digest = ContentDigest.of(message);
        Instant now = clock.instant();
        Optional<LedgerRows.Booked> found = rows.bookMessage(message, digest, now);
        if (found.isEmpty()) {
            return earlier(message);
        }
        LedgerRows.Booked booked = found.get();
        String indictSeq = indictSeq(message);
        boolean opened = message.activity() == Activity.DISPATCH
                && rows.openTicket(indictSeq, message, message.document().requireBody(), now);
        LedgerRows.Standing standing = opened ? LedgerRows.Standing.OPEN : rows.lockTicket(indictSeq);
        List<Leg> legs = opened ? List.of() : legs(indictSeq, standing);
        Lifecycle.Verdict verdict = judge(message, legs, standing);
        if (verdict.row() == null) {
            rows.bookRefusal(booked, verdict.code(), verdict.reason());
            return new Receipt(booked.serial(), now, verdict.code(), verdict.reason(), false);
        }
        long legId = move(legBetween(message.sender(), message.home(), legs), verdict.row(), message, now);
        if (message.home().equals(Party.HUB)) {
            // What is for the hub itself has come to its end.
            rows.touchTicket(indictSeq, now);
        } else if (opened) {
            rows.queue(booked, message.home(), legId, now);
        } else {
            rows.queueAndTouch(booked, message.home(), legId, now);
        }
        return new Receipt(booked.serial(), now, ResponseCodes.SUCCESS, "", false);
    }

    private List<Leg> legs(String indictSeq, LedgerRows.Standing standing) {
        return switch (standing) {
            case UNKNOWN -> List.of();
            case OPEN -> rows.legs(indictSeq);
            case ARCHIVED -> rows.archivedLegs(indictSeq);
        };
    }

    private long move(@Nullable Leg leg, Lifecycle.Row row, AddressedMessage message, Instant now) {
        Body body = message.document().requireBody();
        if (leg == null) {
            return rows.openLeg(indictSeq(message), message.sender(), message.home(), body, now);
        }
        LegState next = row.to() == null ? leg.state() : row.to();
        rows.moveLeg(
                leg.id(),
                leg.indictSeq(),
                next,
                row.effect() == Lifecycle.Effect.NEXT_ROUND ? 1 : 0,
                row.effect() == Lifecycle.Effect.ONE_MORE_URGE ? 1 : 0,
                message.activity() == Activity.DISPATCH || message.activity() == Activity.REPROCESS,
                leg.roleOf(message.sender()) == Role.DOWNSTREAM || message.activity() == Activity.DISPATCH
                        ? body
                        : LedgerRows.NOTHING_NEW,
                now);
        if (message.activity() == Activity.DISPATCH) {
            rows.correctTicket(indictSeq(message), message.sender(), body);
        }
        if (message.activity() == Activity.DISPATCH || message.activity() == Activity.URGE) {
            rows.hurry(leg.id(), leg.indictSeq(), message.home());
        }
        return leg.id();
    }

    private Receipt earlier(AddressedMessage message) {
        LedgerRows.Earlier earlier =
                rows.findEarlier(message.sender(), message.transIdo()).orElseThrow();
        ContentDigest.requireSame(message, earlier.digest());
        return repeated(earlier);
    }

    private static Receipt repeated(LedgerRows.Earlier earlier) {
        return new Receipt(earlier.serial(), earlier.receivedAt(), earlier.code(), earlier.description(), true);
    }

    /** Judges a message by the leg between its two parties; a party of no leg has no say in the ticket at all. */
    private static Lifecycle.Verdict judge(AddressedMessage message, List<Leg> legs, LedgerRows.Standing standing) {
        if (!legs.isEmpty() && legs.stream().noneMatch(leg -> leg.joins(message.sender()))) {
            return new Lifecycle.Verdict(
                    null, ResponseCodes.NOT_YOUR_LEG, "IndictSeq: the sender has no part in this ticket");
        }
        Leg leg = legBetween(message.sender(), message.home(), legs);
        if (leg == null && standing == LedgerRows.Standing.ARCHIVED && message.activity() == Activity.DISPATCH) {
            return Lifecycle.archived();
        }
        return leg == null
                ? Lifecycle.judge(null, message.activity(), Role.UPSTREAM)
                : Lifecycle.judge(leg.state(), message.activity(), leg.roleOf(message.sender()));
    }

    private static @Nullable Leg legBetween(Party one, Party other, List<Leg> legs) {
        return legs.stream()
                .filter(leg -> leg.joins(one) && leg.joins(other))
                .findFirst()
                .orElse(null);
    }

    private static String indictSeq(AddressedMessage message) {
        String indictSeq = message.indictSeq();
        if (indictSeq == null) {
            throw new IllegalArgumentException(message.activity() + " without a ticket");
        }
        return indictSeq;
    }

    private Receipt inTransaction(Supplier<Receipt> work) {
        Receipt receipt = transaction.execute(status -> work.get());
        if (receipt == null) {
            throw new IllegalStateException("a transaction without a receipt");
        }
        return receipt;
    }
}
