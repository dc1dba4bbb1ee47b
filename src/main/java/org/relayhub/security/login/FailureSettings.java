package org.relayhub.security.login;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many failed logins slow a caller down.
 *
 * @param perCaller after how many failures of one user from one address this user is turned away there
 * @param perAddress after how many failures of any users from one address all of them are turned away there; more than
 *     perCaller
 * @param within how long failures count, from the first of them on; when it is over the caller may try again
 */
public record FailureSettings(
        @DefaultValue("5") @Min(1) @Max(1000) int perCaller,
        @DefaultValue("30") @Min(2) @Max(100_000) int perAddress,

        @DefaultValue("1m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 24)
        Duration within) {

    @AssertTrue(message = "per-address must be more than per-caller")
    boolean isAddressBoundHigher() {
        return perAddress > perCaller;
    }
}
