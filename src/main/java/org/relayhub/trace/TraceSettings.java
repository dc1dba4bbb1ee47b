package org.relayhub.trace;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whether and where the hub reports the traces of messages.
 *
 * @param endpoint where a collector takes spans by OTLP over HTTP, as in {@code http://127.0.0.1:4318/v1/traces}; without
 *     one there are no traces
 * @param sample which share of the traces is reported: 1 for all, 0.01 for one of a hundred
 */
public record TraceSettings(
        @Pattern(
                regexp = "https?://[^/?#@\\s]+/[^#\\s]+",
                message =
                        "must be the whole address of a collector, as in http://127.0.0.1:4318/v1/traces, without a user or a"
                                + " password in it")
        @Nullable
        String endpoint,

        @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double sample) {}
