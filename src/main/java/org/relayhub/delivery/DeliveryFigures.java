package org.relayhub.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** Counts what becomes of deliveries: how long a try takes, and how long a message is on its way. Tests are not counted. */
final class DeliveryFigures {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofMinutes(5),
        Duration.ofHours(1)
    };

    private final MeterRegistry meters;

    DeliveryFigures(MeterRegistry meters) {
        this.meters = meters;
    }

    void count(Settlement settlement) {
        Claim claim = settlement.claim();
        if (claim.test()) {
            return;
        }
        String party = claim.party().toString();
        Timer.builder("hub.delivery.try")
                .description("tries to deliver a message, by party and by what came of it")
                .tag("party", party)
                .tag(
                        "result",
                        settlement.result().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .register(meters)
                .record(settlement.took());
        if (settlement.result() == Settlement.Result.DELIVERED) {
            Duration way = Duration.between(claim.receivedAt(), settlement.at().plus(settlement.took()));
            Timer.builder("hub.relay")
                    .description("from when a message was accepted until its home party has taken it, by flow")
                    .tag("flow", claim.activity().label())
                    .serviceLevelObjectives(BOUNDS)
                    .register(meters)
                    .record(way);
            Timer.builder("hub.relay.party")
                    .description("from when a message was accepted until its home party has taken it, by that party")
                    .tag("party", party)
                    .register(meters)
                    .record(way);
        }
    }
}
