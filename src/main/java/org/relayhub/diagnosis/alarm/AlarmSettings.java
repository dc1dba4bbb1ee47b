package org.relayhub.diagnosis.alarm;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the hub hears of alarms.
 *
 * @param topic where the network platforms publish them, none of the hub's own queues; empty: nobody listens
 * @param keepCleared how long a cleared alarm is remembered after the hub has last heard of it, so that what was raised
 *     before and comes late does not open it again; at least a minute
 */
public record AlarmSettings(
        @DefaultValue("network.alarms")
        @NotNull
        @Pattern(
                regexp = "|(?!hub\\.)[A-Za-z0-9._-]{1,100}",
                message =
                        "must be empty or a topic's name, of letters, digits, dots and hyphens, that does not begin with hub.")
        String topic,

        @DefaultValue("7d") @NotNull @DurationMin(minutes = 1)
        Duration keepCleared) {}
