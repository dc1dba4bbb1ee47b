package org.relayhub.spquality;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the monthly SP service-quality files are taken in and kept.
 *
 * @param companionWait how long a file may lie there unchanged and without its companion before it is refused
 * @param sendEvery how often the hub looks whether a month's book is to be sent to SIMS
 * @param keepMonths how many months files and superseded records are kept
 */
public record SpQualitySettings(
        @DefaultValue("1h") @NotNull @DurationMin(seconds = 1) @DurationMax(days = 7)
        Duration companionWait,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration sendEvery,

        @DefaultValue("24") @Min(13) @Max(240) int keepMonths) {}
