package org.relayhub.operations.indicator;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * What was counted last. It is counted beside whoever asks, and only while somebody does: a database that is away must not
 * hold up the other metrics.
 */
final class Snapshot<T> {

    private static final String LAST = "last";

    private final AsyncLoadingCache<String, Optional<T>> counted;

    /** @param every how often it is counted at most */
    Snapshot(Duration every, Supplier<T> count) {
        counted = Caffeine.newBuilder().refreshAfterWrite(every).buildAsync(key -> now(count));
    }

    /** A value of it; not a number where nothing is known. */
    double value(ToDoubleFunction<T> of) {
        return counted.get(LAST).getNow(Optional.empty()).map(of::applyAsDouble).orElse(Double.NaN);
    }

    private static <T> Optional<T> now(Supplier<T> count) {
        try {
            return Optional.of(count.get());
        } catch (DataAccessException | TransactionException e) {
            return Optional.empty();
        }
    }
}
