package org.relayhub.trace;

import io.micrometer.core.instrument.MeterRegistry;
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
    OpenTelemetry openTelemetry(TraceSettings settings, @Value("${hub.name}") String hub, MeterRegistry meters) {
        String endpoint = settings.endpoint();
        if (endpoint == null) {
            return OpenTelemetry.noop();
        }
        var collector = new ReportedSpans(
                OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build(), endpoint, meters);
        SdkTracerProvider spans = SdkTracerProvider.builder()
                .setResource(Resource.getDefault().toBuilder()
                        .put("service.name", "relay-hub")
                        .put("service.instance.id", hub)
                        .build())
                .setSampler(sampler(settings.sample()))
                .addSpanProcessor(BatchSpanProcessor.builder(collector).build())
                .build();
        return OpenTelemetrySdk.builder().setTracerProvider(spans).build();
    }

    /** By the trace's id alone: so each hub and each try of a delivery comes to the same. */
    private static Sampler sampler(double share) {
        // A share of one leaves out two ids of all, which a sender may choose.
        return share == 1 ? Sampler.alwaysOn() : Sampler.traceIdRatioBased(share);
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
