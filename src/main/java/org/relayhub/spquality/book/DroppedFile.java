package org.relayhub.spquality.book;

import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A file that was dropped.
 *
 * @param sender in whose root
 * @param month null if its name says none
 * @param state received, accepted, repeated or refused; repeated is dropped once more as it was accepted
 * @param late whether it came after the deadline of its month
 * @param size in bytes
 */
public record DroppedFile(
        long fileId,
        String sender,
        String name,
        @Nullable YearMonth month,
        String state,
        boolean late,
        Instant receivedAt,
        @Nullable Instant decidedAt,
        @Nullable Long size,
        @Nullable Long records,
        @Nullable Long faults) {}
