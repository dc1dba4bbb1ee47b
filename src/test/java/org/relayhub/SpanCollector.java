package org.relayhub;

import com.sun.net.httpserver.HttpExchange;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A collector of traces on loopback, which takes spans by OTLP over HTTP and keeps them. */
final class SpanCollector implements AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<ResourceSpans> taken = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;
    private final Loopback server = Loopback.serving(this::take, threads);

    /** A span as it was sent, without what says which program sent it. */
    record Taken(Span span) {

        String name() {
            return span.getName();
        }

        String traceId() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        /** The span that it is part of; empty if of none. */
        String parent() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }

        /** The value of an attribute; empty if it has none of that name. */
        String attribute(String name) {
            return span.getAttributesList().stream()
                    .filter(attribute -> attribute.getKey().equals(name))
                    .map(attribute -> attribute.getValue().hasIntValue()
                            ? String.valueOf(attribute.getValue().getIntValue())
                            : attribute.getValue().getStringValue())
                    .findFirst()
                    .orElse("");
        }
    }

    /** Where spans are sent. */
    String endpoint() {
        return server.address() + "/v1/traces";
    }

    /** All that has come, in the order of arrival. */
    List<Taken> spans() {
        return taken.stream()
                .flatMap(spans -> spans.getScopeSpansList().stream())
                .flatMap(spans -> spans.getSpansList().stream())
                .map(Taken::new)
                .toList();
    }

    /** All that has come, as text. */
    String text() {
        return taken.toString();
    }

    /** Whether it closes each connection without an answer. */
    void refusing(boolean away) {
        refusing = away;
    }

    private void take(HttpExchange exchange) throws IOException {
        if (refusing) {
            exchange.close();
            return;
        }
        taken.addAll(
                ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes())
                        .getResourceSpansList());
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop();
        threads.shutdownNow();
    }
}
