package org.relayhub.ticket.probe;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub tries its links with test tickets of its own. Which it tries stands in {@code codes/links.csv}: those from
 * {@code HUB-000} that carry a dispatch.
 *
 * @param every how often each link is tried; 0 for never
 * @param answerWithin how long a party may take to take, answer and close a test ticket
 * @param keep how long the test tickets that have ended are kept
 * @param svcTypeId the type of service that a test ticket is about: one in force
 */
public record ProbeSettings(
        @DefaultValue("0") @NotNull @DurationMin @DurationMax(days = 1)
        Duration every,

        @DefaultValue("2m") @NotNull @DurationMin(seconds = 1) @DurationMax(hours = 1)
        Duration answerWithin,

        @DefaultValue("7d") @NotNull @DurationMin(hours = 1) @DurationMax(days = 366)
        Duration keep,

        @DefaultValue("03010101") @NotNull @Pattern(regexp = "[0-9]{4,128}")
        String svcTypeId) {

    /** Whether links are tried at all. */
    public boolean wanted() {
        return !every.isZero();
    }
}
