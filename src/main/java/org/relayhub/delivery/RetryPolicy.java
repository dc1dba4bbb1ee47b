package org.relayhub.delivery;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
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
        PartyEntry.@Nullable Retry own = own(party);
        Duration first = own == null || own.first() == null ? settings.first() : own.first();
        Duration longest = own == null || own.longest() == null ? settings.longest() : own.longest();
        double multiplier = own == null || own.multiplier() == null ? settings.multiplier() : own.multiplier();
        double millis = Math.min(longest.toMillis(), first.toMillis() * Math.pow(multiplier, failures - 1.0));
        double varied = millis * (1 + settings.jitter() * (2 * random.get().nextDouble() - 1));
        return Duration.ofMillis(Math.round(varied));
    }

    Duration giveUpAfter(Party party) {
        PartyEntry.@Nullable Retry own = own(party);
        return own == null || own.giveUpAfter() == null ? settings.giveUpAfter() : own.giveUpAfter();
    }

    private PartyEntry.@Nullable Retry own(Party party) {
        return entries.apply(party).map(PartyEntry::retry).orElse(null);
    }
}
