package org.relayhub.trace;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Reports spans where a collector is named. Where none is, spans cost nothing. */
@Configuration(proxyBeanMethods = false)
class TraceConfiguration {

    private static final String SCOPE = "org.relayhub";

    /**
     * In batches, by a thread of its own: a collector that is slow or away costs spans, and never a message. What is on its
     * way when the hub stops is reported before.
     */
    @Bean
    OpenTelemetry openTelemetry(TraceSettings settings, @Value("${hub.name}") String hub) {
        if (settings.endpoint() == null) {
            return OpenTelemetry.noop();
        }
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put("service.name", "relay-hub")
                        .put("service.instance.id", hub)
                        .build())
                // Of the trace's id alone: so each hub and each try of a delivery comes to the same, whatever a sender
                // says.
                .setSampler(Sampler.traceIdRatioBased(settings.sample()))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(settings.endpoint().toString())
                                .build())
                        .build())
                .build();
        return OpenTelemetrySdk.builder().setTracerProvider(spans).build();
    }

    @Bean
    Tracer tracer(OpenTelemetry telemetry) {
        return telemetry.getTracer(SCOPE);
    }

    /** The transaction manager of Spring Boot finds it by its type. */
    @Bean
    TransactionSpans transactionSpans(Tracer tracer) {
        return new TransactionSpans(tracer);
    }
}
