package org.relayhub.delivery;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** How long a message waits before it is tried again: longer with each failure, and not all at the same moment. */
final class RetryPolicy {

    private final DeliverySettings.Retry settings;
    private final Supplier<? extends RandomGenerator> random;

    RetryPolicy(DeliverySettings.Retry settings, Supplier<? extends RandomGenerator> random) {
        this.settings = settings;
        this.random = random;
    }

    /** @param failures how often it has failed, at least 1 */
    Duration waitAfter(int failures) {
        double millis = Math.min(
                settings.longest().toMillis(),
                settings.first().toMillis() * Math.pow(settings.multiplier(), failures - 1.0));
        double varied = millis * (1 + settings.jitter() * (2 * random.get().nextDouble() - 1));
        return Duration.ofMillis(Math.round(varied));
    }

    Duration giveUpAfter() {
        return settings.giveUpAfter();
    }
}
