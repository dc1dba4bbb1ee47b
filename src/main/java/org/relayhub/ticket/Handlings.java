package org.relayhub.ticket;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The book of what a platform was told to do: each handling is written down before the platform is called, so that
 * whatever happens then, it is never called twice for it.
 */
public final class Handlings {

    /** What is known of a handling when it comes in. */
    public sealed interface Start {

        /** It is new and may be called; the book has it. */
        record Begun(long serial) implements Start {}

        /** It has come meanwhile. */
        record Repeated(FirstAnswer first) implements Start {}
    }

    /**
     * A handling that may have been done or not.
     *
     * @param reason why nobody knows; null where no outcome was booked at all
     */
    public record Open(
            long serial,
            Party sender,
            String transIdo,
            Party platform,
            @Nullable String indictSeq,
            Instant calledAt,
            @Nullable String reason) {}

    /** What is told and booked of a handling as long as nobody knows more. */
    public static final String OUTCOME_UNKNOWN =
            "the outcome is unknown: it may have been done or not, and is not repeated";

    /** What is told of a handling whose answer is still waited for. */
    public static final String UNDER_WAY = "it is under way: send the same document again to learn what became of it";

    private final JdbcClient database;
    private final LedgerRows rows;
    private final TransactionTemplate transaction;
    private final Clock clock;

    public Handlings(JdbcClient database, TransactionTemplate transaction, Clock clock) {
        this.database = database;
        this.rows = new LedgerRows(database);
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Books a handling that is about to be called. Returns after the commit.
     *
     * @param patience how long its answer may take
     * @throws RefusalException 0103 if the sender has used the TransIDO for another content
     */
    public Start begin(AddressedMessage handling, Party platform, Duration patience) {
        Start start = transaction.execute(status -> beginOnce(handling, platform, patience));
        if (start == null) {
            throw new IllegalStateException("a transaction without a start");
        }
        return start;
    }

    /** Whether somebody still waits for the answer of a handling. */
    public boolean isUnderWay(long serial) {
        return database.sql("select 1 from handling"
                        + " where serial = :serial and state = 'under-way' and answer_until >= :now")
                .param("serial", serial)
                .param("now", Timestamp.from(clock.instant()))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    private Start beginOnce(AddressedMessage handling, Party platform, Duration patience) {
        Instant now = clock.instant();
        Optional<LedgerRows.Booked> booked = rows.bookMessage(
                handling,
                ContentDigest.of(handling),
                now,
                new LedgerRows.Reply(ResponseCodes.OUTCOME_UNKNOWN, OUTCOME_UNKNOWN, null));
        if (booked.isEmpty()) {
            return new Start.Repeated(rows.findFirst(handling).orElseThrow());
        }
        database.sql("""
                        insert into handling (serial, story, platform, state, called_at, answer_until)
                        values (:serial, :story, :platform, 'under-way', :at, :until)
                        """)
                .param("serial", booked.get().serial())
                .param("story", booked.get().story())
                .param("platform", platform.toString())
                .param("at", Timestamp.from(now))
                .param("until", Timestamp.from(now.plus(patience)))
                .update();
        return new Start.Begun(booked.get().serial());
    }

    /** The platform has answered, be it that it refused. */
    public void answered(long serial, String code, String description, String answer) {
        transaction.executeWithoutResult(status -> {
            rows.bookAnswer(serial, code, description, answer);
            move(serial, "answered", null);
        });
    }

    /** Nobody knows whether the platform has done it: from now on that is an operator's matter. */
    public void unknown(long serial, String reason) {
        move(serial, "unknown", reason);
    }

    private void move(long serial, String state, @Nullable String reason) {
        // What an operator has settled meanwhile stays settled.
        database.sql("update handling set state = :state, reason = :reason"
                        + " where serial = :serial and state = 'under-way'")
                .param("state", state)
                .param("reason", reason)
                .param("serial", serial)
                .update();
    }

    /** The platform was never called: nothing was done, and the same message may come again. */
    public void notCalled(long serial) {
        transaction.executeWithoutResult(status -> {
            int deleted = database.sql("delete from handling where serial = :serial and state = 'under-way'")
                    .param("serial", serial)
                    .update();
            if (deleted > 0) {
                rows.unbookMessage(serial);
            }
        });
    }

    /** What an operator has to find out about, oldest first. */
    public List<Open> open(int offset, int limit) {
        return database.sql("""
                        select h.*, m.sender, m.trans_ido, m.indict_seq
                          from handling h join message m using (serial)
                         where h.state = 'unknown' or (h.state = 'under-way' and h.answer_until < :now)
                         order by h.serial offset :offset limit :limit
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .param("offset", offset)
                .param("limit", limit)
                .query((row, n) -> new Open(
                        row.getLong("serial"),
                        Party.of(row.getString("sender")),
                        row.getString("trans_ido"),
                        Party.of(row.getString("platform")),
                        row.getString("indict_seq"),
                        row.getTimestamp("called_at").toInstant(),
                        row.getString("reason")))
                .list();
    }

    /** How many there are of these. */
    public int openCount() {
        return database.sql("""
                        select count(*) from handling
                         where state = 'unknown' or (state = 'under-way' and answer_until < :now)
                        """)
                .param("now", Timestamp.from(clock.instant()))
                .query(Integer.class)
                .single();
    }

    /**
     * Books what an operator has found out, with a line in the audit.
     *
     * @return whether there was such an open handling
     */
    public boolean settle(long serial, String operator, boolean done, String reason) {
        Instant now = clock.instant();
        return database.sql("""
                        with settled as (
                            update handling set state = 'settled', reason = :outcome
                             where serial = :serial
                               and (state = 'unknown' or (state = 'under-way' and answer_until < :now))
                            returning serial)
                        insert into audit (at, operator, action, subject, reason)
                        select :now, :operator, 'settle', 'handling ' || serial, :outcome from settled
                        """)
                        .param("serial", serial)
                        .param("now", Timestamp.from(now))
                        .param("operator", operator)
                        .param("outcome", (done ? "done: " : "not done: ") + reason)
                        .update()
                > 0;
    }
}
