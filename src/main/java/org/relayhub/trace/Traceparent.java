package org.relayhub.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A trace as it goes from one system to the next: the header {@code traceparent} of W3C Trace Context, which is an HTTP
 * header, a JMS property, and a column of the ledger.
 */
public final class Traceparent {

    /** The header, and the property of a JMS message. */
    public static final String NAME = "traceparent";

    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();

    private static final TextMapGetter<String> VALUE = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String traceparent) {
            return List.of(NAME);
        }

        @Override
        public @Nullable String get(@Nullable String traceparent, String key) {
            return key.equals(NAME) ? traceparent : null;
        }
    };

    private Traceparent() {}

    /** Of the span that this thread works for; null if it works for none of the hub's. */
    public static @Nullable String current() {
        if (!isOfThisHub(Span.current())) {
            return null;
        }
        Map<String, String> headers = new HashMap<>();
        W3C.inject(Context.current(), headers, Map::put);
        return headers.get(NAME);
    }

    /** Has a call carry it along, if this thread works for a span; told the header's name and its value. */
    public static void passOn(BiConsumer<String, String> header) {
        String current = current();
        if (current != null) {
            header.accept(NAME, current);
        }
    }

    /** Whether the hub has begun a span. Where it traces nothing, its sender's is the only one there is. */
    public static boolean isOfThisHub(Span span) {
        return span.getSpanContext().isValid() && !span.getSpanContext().isRemote();
    }

    /** What a span continues that was begun by such a header; nothing if there is none, or none that can be read. */
    public static Context read(@Nullable String traceparent) {
        return traceparent == null ? Context.root() : W3C.extract(Context.root(), traceparent, VALUE);
    }
}
