package org.relayhub.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceparentTest {

    private static final String GIVEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void what_is_read_is_what_is_passed_on() {
        try (Scope scope = Traceparent.read(GIVEN).makeCurrent()) {
            assertThat(Traceparent.current()).isEqualTo(GIVEN);
        }
        assertThat(Traceparent.current()).isNull();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "00",
                "客户张三",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-13800138000",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7\n-01"
            })
    void what_is_no_traceparent_is_none(String traceparent) {
        assertThat(Span.fromContext(Traceparent.read(traceparent))
                        .getSpanContext()
                        .isValid())
                .isFalse();
    }
}
