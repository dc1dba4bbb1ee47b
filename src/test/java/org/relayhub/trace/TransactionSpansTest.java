package org.relayhub.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayhub.TestDatabase;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Which transactions have a span, and what it says, in PostgreSQL. */
class TransactionSpansTest {

    private final List<SpanData> ended = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider spans = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new SpanExporter() {
                @Override
                public CompletableResultCode export(Collection<SpanData> batch) {
                    ended.addAll(batch);
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode flush() {
                    return CompletableResultCode.ofSuccess();
                }

                @Override
                public CompletableResultCode shutdown() {
                    return CompletableResultCode.ofSuccess();
                }
            }))
            .build();
    private final Tracer tracer = spans.get("test");
    private final TestDatabase database = TestDatabase.empty();
    private final JdbcTransactionManager manager = new JdbcTransactionManager(database.dataSource());
    private final TransactionTemplate transaction = new TransactionTemplate(manager);

    TransactionSpansTest() {
        manager.addListener(new TransactionSpans(tracer));
    }

    @AfterEach
    void stop() {
        spans.close();
    }

    private void within(Span span, Runnable work) {
        try (Scope scope = span.makeCurrent()) {
            transaction.executeWithoutResult(status -> work.run());
        } finally {
            span.end();
        }
    }

    private Span message() {
        return tracer.spanBuilder("message").startSpan();
    }

    private void statement(String sql) {
        database.client().sql(sql).query(Integer.class).single();
    }

    @Test
    void a_transaction_of_a_message_is_a_span_of_it() {
        Span message = message();
        within(message, () -> statement("select 1"));

        assertThat(ended).extracting(SpanData::getName).containsExactly("transaction", "message");
        assertThat(ended.get(0).getParentSpanId())
                .isEqualTo(message.getSpanContext().getSpanId());
        assertThat(ended.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
    }

    @Test
    void one_that_is_rolled_back_says_so_and_no_more() {
        assertThatExceptionOfType(DataIntegrityViolationException.class)
                .isThrownBy(() -> within(message(), () -> statement("select '13800138000 客户'::text::int")));

        assertThat(ended.get(0).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        assertThat(ended.toString()).doesNotContain("13800138000");
    }

    @Test
    void one_that_cannot_begin_says_so_too() {
        var nowhere = new JdbcTransactionManager(
                new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:1/postgres?user=nobody"));
        nowhere.addListener(new TransactionSpans(tracer));
        try (Scope scope = message().makeCurrent()) {
            assertThatExceptionOfType(CannotCreateTransactionException.class)
                    .isThrownBy(() -> new TransactionTemplate(nowhere).executeWithoutResult(status -> {}));
        }

        assertThat(ended)
                .singleElement()
                .extracting(span -> span.getStatus().getStatusCode())
                .isEqualTo(StatusCode.ERROR);
    }

    @Test
    void one_that_is_part_of_no_message_is_none() {
        transaction.executeWithoutResult(status -> statement("select 1"));

        assertThat(ended).isEmpty();
    }
}
