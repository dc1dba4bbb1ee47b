package org.relayhub.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** Makes a span of each transaction of the database that is part of a message's way, from begin to commit. */
final class TransactionSpans implements TransactionExecutionListener {

    private final Tracer tracer;
    private final Map<TransactionExecution, Span> open = new ConcurrentHashMap<>();

    TransactionSpans(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void beforeBegin(TransactionExecution transaction) {
        if (Traceparent.isOfThisHub(Span.current())) {
            open.put(
                    transaction,
                    tracer.spanBuilder("transaction")
                            .setSpanKind(SpanKind.CLIENT)
                            .setAttribute(SpanNames.DATABASE, "postgresql")
                            .startSpan());
        }
    }

    @Override
    public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
        if (failure != null) {
            end(transaction, false);
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, @Nullable Throwable failure) {
        end(transaction, failure == null);
    }

    @Override
    public void afterRollback(TransactionExecution transaction, @Nullable Throwable failure) {
        end(transaction, false);
    }

    private void end(TransactionExecution transaction, boolean committed) {
        Span span = open.remove(transaction);
        if (span != null) {
            if (!committed) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
