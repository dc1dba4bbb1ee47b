package org.relayhub.trace;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports spans, and says once that the collector does not take them and once that it does again: a collector that is away
 * must not fill the log.
 */
final class ReportedSpans implements SpanExporter {

    private static final Logger log = LoggerFactory.getLogger(ReportedSpans.class);

    private final SpanExporter collector;
    private final String address;
    private final Counter lost;
    private final AtomicBoolean away = new AtomicBoolean();

    /** @param endpoint where the collector is, as the log names it */
    ReportedSpans(SpanExporter collector, String endpoint, MeterRegistry meters) {
        this.collector = collector;
        // What stands behind a question mark may be a secret.
        this.address = endpoint.replaceFirst("\\?.*", "");
        this.lost = Counter.builder("hub.trace.lost")
                .description("spans that the collector has not taken")
                .register(meters);
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = collector.export(spans);
        result.whenComplete(() -> {
            if (!result.isSuccess()) {
                lost.increment(spans.size());
                if (!away.getAndSet(true)) {
                    log.warn("The collector of traces does not take them at {}: spans are lost until it does", address);
                }
            } else if (away.getAndSet(false)) {
                log.info("The collector of traces takes them again at {}", address);
            }
        });
        return result;
    }

    @Override
    public CompletableResultCode flush() {
        return collector.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return collector.shutdown();
    }
}
