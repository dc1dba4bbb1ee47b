package org.relayhub.diagnosis;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of diagnosis.
 *
 * @param budget how long the sources of a diagnosis have together
 * @param pretreatment whether a dispatch of a network service type gets a diagnosis of the hub's
 * @param pretreatmentBudget how long the sources have then: the sender waits for it
 * @param alarmWindow how long ago an alarm may have been raised that makes a dispatch more urgent
 * @param subscriberCache how long a BOSS's answer about a subscriber is used again; 0s for never
 * @param subscribersCached how many of these answers are kept
 * @param threads how many questions of diagnoses may be under way at once
 */
public record DiagnosisSettings(
        @DefaultValue("2s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 30)
        Duration budget,

        @DefaultValue("true") boolean pretreatment,

        @DefaultValue("1s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 10)
        Duration pretreatmentBudget,

        @DefaultValue("1h") @NotNull @DurationMin(seconds = 0) @DurationMax(days = 7)
        Duration alarmWindow,

        @DefaultValue("10s") @NotNull @DurationMin(seconds = 0) @DurationMax(seconds = 30)
        Duration subscriberCache,

        @DefaultValue("10000") @Min(1) @Max(1_000_000) int subscribersCached,

        @DefaultValue("128") @Min(4) @Max(1024) int threads) {}
