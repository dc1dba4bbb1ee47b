package org.relayhub;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Timers that outlive a hub.
 *
 * @param pollEvery how often a hub looks whether one is due
 */
public record TimerSettings(
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 5)
        Duration pollEvery) {}
