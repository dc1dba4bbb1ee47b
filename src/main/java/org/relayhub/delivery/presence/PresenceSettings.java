package org.relayhub.delivery.presence;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How hubs on one database know of each other.
 *
 * @param sayEvery how often a hub says that it lives
 * @param silentAfter for how long it must not have said so to be taken for dead: others then deliver what it held. At least
 *     three times {@code sayEvery}
 */
public record PresenceSettings(
        @DefaultValue("2s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1)
        Duration sayEvery,

        @DefaultValue("10s") @NotNull @DurationMax(minutes = 10)
        Duration silentAfter) {

    @AssertTrue(message = "needs silentAfter >= 3 * sayEvery")
    boolean isPatient() {
        return silentAfter.compareTo(sayEvery.multipliedBy(3)) >= 0;
    }
}
