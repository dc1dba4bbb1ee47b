package org.relayhub.spquality.intake.folder;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long files have been lying there without a companion, as this hub has seen it: the time that a server tells of a
 * file is whatever its sender has set it to. A file that grows is waited for anew.
 */
final class Unaccompanied {

    private static final int MOST = 10_000;

    private record Seen(long size, long modified, Instant since) {}

    private final Cache<String, Seen> files =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final Duration patience;
    private final Clock clock;

    /** @param patience how long a companion is waited for */
    Unaccompanied(Duration patience, Clock clock) {
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Whether a file has no companion, and will have none.
     *
     * @param modified when it was changed, as its server says; a file that comes later under the same name waits anew
     */
    boolean isForlorn(String path, long size, long modified) {
        Instant now = clock.instant();
        Seen seen = files.asMap()
                .compute(
                        path,
                        (key, before) -> before != null && before.size() == size && before.modified() == modified
                                ? before
                                : new Seen(size, modified, now));
        return !seen.since().plus(patience).isAfter(now);
    }

    void forget(String path) {
        files.invalidate(path);
    }
}
