package org.relayhub.adapter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Answer;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Trail;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.trace.SpanNames;
import org.relayhub.trace.Traceparent;

/**
 * A document's stay in the hub, from when it was read until it is answered, whatever it came over: what is logged
 * meanwhile names it, how long it took is counted, and a span of its trace lasts as long. Tests are counted only where they are
 * refused.
 */
public final class Intake {

    private static final String DOCUMENT = "inbound";
    private static final String BEGAN = "intakeBegan";
    private static final String NOBODY = "unknown";

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10)
    };

    private final ActivityCodes activities;
    private final MeterRegistry meters;
    private final Tracer tracer;

    public Intake(ActivityCodes activities, MeterRegistry meters, Tracer tracer) {
        this.tracer = tracer;
        this.activities = activities;
        this.meters = meters;
    }

    /** A document has come; a header of its message may say which trace it is part of. */
    public void begin(Exchange exchange, InboundDocument inbound) {
        exchange.setProperty(DOCUMENT, inbound);
        exchange.setProperty(BEGAN, System.nanoTime());
        Span span = tracer.spanBuilder(inbound.isAnswer() ? "answer" : "accept " + flow(inbound.document()))
                .setSpanKind(inbound.isQueued() ? SpanKind.CONSUMER : SpanKind.SERVER)
                .setParent(Traceparent.read(exchange.getMessage().getHeader(Traceparent.NAME, String.class)))
                .setAttribute(SpanNames.PARTY, party(inbound.identity()))
                .setAttribute(SpanNames.TRANSPORT, inbound.transport())
                .startSpan();
        exchange.setProperty(Trail.PROPERTY, Trail.of(inbound.document()).within(span));
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                span.end();
            }
        });
    }

    /** The document that an exchange is about. */
    public InboundDocument document(Exchange exchange) {
        return exchange.getProperty(DOCUMENT, InboundDocument.class);
    }

    /** The document is answered so. */
    public void end(Exchange exchange, Answer answer) {
        Trail trail = exchange.getProperty(Trail.PROPERTY, Trail.class);
        if (trail != null && trail.span() != null) {
            trail.span().setAttribute(SpanNames.RSP_CODE, answer.code());
            if (answer.code().equals(ResponseCodes.HUB_ERROR)) {
                trail.span().setStatus(StatusCode.ERROR);
            }
        }
        Long began = exchange.getProperty(BEGAN, Long.class);
        InboundDocument inbound = document(exchange);
        InterBossDocument document = inbound.document();
        String outcome =
                switch (answer.code()) {
                    case ResponseCodes.SUCCESS -> "accepted";
                    case ResponseCodes.HUB_ERROR -> "failed";
                    default -> "refused";
                };
        // Of tests, too: nobody shall try out what the hub refuses without being seen.
        if (outcome.equals("refused")) {
            Counter.builder("hub.refusals")
                    .description("messages that were answered with another code than success, by the code")
                    .tag("code", answer.code())
                    .register(meters)
                    .increment();
        }
        boolean legible = document.headerFault() == null;
        if (began == null || (legible && document.header().test())) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Timer.builder("hub.accept")
                .description("from when a message was read until it was answered, by flow")
                .tag("flow", flow(document))
                .tag("outcome", outcome)
                .serviceLevelObjectives(BOUNDS)
                .register(meters)
                .record(took);
        Timer.builder("hub.accept.party")
                .description("from when a message was read until it was answered, by who has sent it")
                .tag("party", party(inbound.identity()))
                .tag("transport", inbound.transport())
                .register(meters)
                .record(took);
    }

    private String flow(InterBossDocument document) {
        if (document.headerFault() != null) {
            return NOBODY;
        }
        ActivityCodes.Row row = activities.byCode(document.header().activityCode());
        return row == null ? NOBODY : row.activity().label();
    }

    private static String party(@Nullable String identity) {
        return Party.ofUser(identity).map(Party::toString).orElse(NOBODY);
    }
}
