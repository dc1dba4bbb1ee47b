package org.relayhub.security.session;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long an operator stays logged in at the console.
 *
 * @param idle how long without any page; one that shows news by itself counts as used
 * @param longest how long in all
 */
public record SessionSettings(
        @DefaultValue("30m") @NotNull @DurationMin(minutes = 1) @DurationMax(hours = 24)
        Duration idle,

        @DefaultValue("12h") @NotNull @DurationMin(minutes = 1) @DurationMax(days = 7)
        Duration longest) {}
