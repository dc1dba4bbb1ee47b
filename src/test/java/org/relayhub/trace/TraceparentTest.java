package org.relayhub.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.Trail;
import org.slf4j.MDC;

class TraceparentTest {

    private static final String GIVEN = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void a_trace_that_is_read_is_passed_on_with_the_hubs_own_span() {
        try (SdkTracerProvider spans = SdkTracerProvider.builder().build()) {
            Span span = spans.get("test")
                    .spanBuilder("message")
                    .setParent(Traceparent.read(GIVEN))
                    .startSpan();
            try (Scope scope = span.makeCurrent()) {
                assertThat(Traceparent.current())
                        .isEqualTo(GIVEN.replace(
                                "00f067aa0ba902b7", span.getSpanContext().getSpanId()));
            }
        }
        assertThat(Traceparent.current()).isNull();
    }

    @Test
    void where_nothing_is_traced_nothing_is_passed_on_and_nothing_is_kept() {
        Span none = TracerProvider.noop()
                .get("test")
                .spanBuilder("message")
                .setParent(Traceparent.read(GIVEN))
                .startSpan();
        try (Trail.Open open = new Trail("20261122CSVC2500000001", "T1", none).open()) {
            assertThat(Traceparent.current()).isNull();
            assertThat(MDC.get("traceId")).isNull();
        }
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
