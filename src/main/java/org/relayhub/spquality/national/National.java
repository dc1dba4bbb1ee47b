package org.relayhub.spquality.national;

import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.file.FileName;

/**
 * A file of the nation's book that went, or is about to go, to SIMS.
 *
 * @param change the book's change up to which it holds everything
 * @param content SHA-256 of its records
 * @param sha256 of the file
 */
public record National(
        YearMonth month,
        int serial,
        long change,
        Instant createdAt,
        String content,
        String sha256,
        long records,
        long callsOffered,
        State state,
        @Nullable Instant sentAt,
        @Nullable Instant answeredAt) {

    /** Where it is. */
    public enum State {
        /** It is made, and maybe not at SIMS yet. */
        SENDING,
        /** SIMS has it and has not answered. */
        SENT,
        /** SIMS has taken it. */
        ACKNOWLEDGED,
        /** SIMS has found faults: the book is open again. */
        REJECTED
    }

    /** The same as it was at an earlier time. */
    public National asOf(Instant at) {
        boolean answered = answeredAt != null && !answeredAt.isAfter(at);
        boolean sent = sentAt != null && !sentAt.isAfter(at);
        State then = answered ? state : sent ? State.SENT : State.SENDING;
        return new National(
                month,
                serial,
                change,
                createdAt,
                content,
                sha256,
                records,
                callsOffered,
                then,
                sent ? sentAt : null,
                answered ? answeredAt : null);
    }

    /** Its name. */
    public FileName name() {
        return FileName.national(month, serial);
    }
}
