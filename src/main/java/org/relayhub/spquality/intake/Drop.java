package org.relayhub.spquality.intake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.relayhub.spquality.file.Sender;

/**
 * A file that lies in a sender's upload folder.
 *
 * @param companion what stands in its companion; null if that is missing
 * @param size in bytes
 * @param seenAt when the hub has found it there
 */
public record Drop(Sender sender, String name, @Nullable String companion, long size, Instant seenAt) {}
