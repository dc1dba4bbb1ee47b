package org.relayhub.trace;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import java.net.URI;
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
        @Nullable URI endpoint,

        @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double sample) {

    /** An address of a path is what a collector listens on; one without is mostly a slip, and would be answered 404. */
    @AssertTrue(
            message = "an endpoint is the whole address of a collector, as in http://127.0.0.1:4318/v1/traces, without"
                    + " a user or a password in it")
    boolean isEndpointAnAddress() {
        return endpoint == null
                || (("http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme()))
                        && endpoint.getHost() != null
                        && endpoint.getUserInfo() == null
                        && endpoint.getPath().length() > 1);
    }
}
