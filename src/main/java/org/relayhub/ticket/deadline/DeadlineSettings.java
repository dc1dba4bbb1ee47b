package org.relayhub.ticket.deadline;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the hub does about tickets that are not answered in time.
 *
 * @param lookEvery how often it looks which are
 * @param warnAt after how many hundredths of the time both ends are warned
 * @param urgeAt after how many hundredths of the time the hub urges by itself, once a round; 0 for never
 */
public record DeadlineSettings(
        @DefaultValue("10s") @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 10)
        Duration lookEvery,

        @DefaultValue("75") @Min(1) @Max(99) int warnAt,
        @DefaultValue("0") @Min(0) @Max(100) int urgeAt) {

    @AssertTrue(message = "urge-at must be 0, or no less than warn-at")
    boolean isUrgedAfterTheWarning() {
        return urgeAt == 0 || urgeAt >= warnAt;
    }

    /** Whether the hub urges by itself. */
    boolean urges() {
        return urgeAt > 0;
    }
}
