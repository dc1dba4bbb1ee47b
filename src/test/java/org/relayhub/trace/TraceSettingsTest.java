package org.relayhub.trace;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSettingsTest {

    private static int breaches(@Nullable String endpoint, double sample) {
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            return validators
                    .getValidator()
                    .validate(new TraceSettings(endpoint, sample))
                    .size();
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"http://127.0.0.1:4318/v1/traces", "https://collector.example/otlp/v1/traces"})
    void an_endpoint_is_the_address_of_a_collector_or_none(@Nullable String endpoint) {
        assertThat(breaches(endpoint, 1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "collector:4318",
                "127.0.0.1",
                "grpc://collector:4317/v1/traces",
                "http://collector:4318",
                "http://collector:4318/",
                "http:///v1/traces",
                "http://hub:secret@collector/v1/traces"
            })
    void what_no_collector_would_answer_stops_the_start(String endpoint) {
        assertThat(breaches(endpoint, 1)).isEqualTo(1);
    }

    @Test
    void a_share_is_between_none_and_all() {
        assertThat(breaches(null, 0)).isZero();
        assertThat(breaches(null, 0.01)).isZero();
        assertThat(breaches(null, 1.01)).isEqualTo(1);
        assertThat(breaches(null, -0.1)).isEqualTo(1);
    }
}
