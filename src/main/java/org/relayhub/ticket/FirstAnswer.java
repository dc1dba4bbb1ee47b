package org.relayhub.ticket;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message when it came first.
 *
 * @param answer the canonical answer of a synchronous message; null while nobody knows it, as of a handling that is under
 *     way or in doubt
 */
public record FirstAnswer(
        long serial, Instant receivedAt, @Nullable String answer) {}
