package org.relayhub.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.Party;

/**
 * How long a message waits before it is tried again: longer with each failure, and not all at the same moment. A party's
 * entry may say otherwise than the hub's settings.
 */
final class RetryPolicy {

    private final DeliverySettings.Retry settings;
    private final Function<Party, Optional<PartyEntry>> entries;
    private final Supplier<? extends RandomGenerator> random;

    /** @param entries the entry of a party, as it is when a wait begins */
    RetryPolicy(
            DeliverySettings.Retry settings,
            Function<Party, Optional<PartyEntry>> entries,
            Supplier<? extends RandomGenerator> random) {
        this.settings = settings;
        this.entries = entries;
        this.random = random;
    }

    /** @param failures how often it has failed, at least 1 */
    Duration waitAfter(Party party, int failures) {
        DeliverySettings.Retry of = of(party);
        double millis =
                Math.min(of.longest().toMillis(), of.first().toMillis() * Math.pow(of.multiplier(), failures - 1.0));
        double varied = millis * (1 + settings.jitter() * (2 * random.get().nextDouble() - 1));
        return Duration.ofMillis(Math.round(varied));
    }

    Duration giveUpAfter(Party party) {
        return of(party).giveUpAfter();
    }

    private DeliverySettings.Retry of(Party party) {
        return entries.apply(party).map(entry -> settings.with(entry.retry())).orElse(settings);
    }
}
