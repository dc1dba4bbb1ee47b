package org.relayhub.delivery;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.relayhub.delivery.lane.Lanes;
import org.relayhub.delivery.lane.PeerAnswers;
import org.relayhub.delivery.lane.RateLimits;
import org.relayhub.delivery.presence.Presence;
import org.relayhub.delivery.presence.PresenceSettings;
import org.relayhub.directory.Directory;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of delivery. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

    /** How a hub's process ends whose name another has taken. */
    private static final int NAME_LOST = 3;

    @Bean
    CircuitBreakerRegistry circuitBreakerRegistry(DeliverySettings settings) {
        DeliverySettings.Circuit circuit = settings.circuit();
        return CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(circuit.window())
                .minimumNumberOfCalls(Math.max(2, circuit.window() / 2))
                .failureRateThreshold(circuit.failureRate())
                .waitDurationInOpenState(circuit.openFor())
                .permittedNumberOfCallsInHalfOpenState(2)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
    }

    @Bean
    RateLimits rateLimits(Directory directory, MeterRegistry meters) {
        return new RateLimits(directory, meters);
    }

    @Bean
    Lanes lanes(
            CamelContext camel,
            Directory directory,
            CircuitBreakerRegistry circuits,
            RateLimits limits,
            MeterRegistry meters,
            Tracer tracer) {
        return new Lanes(camel, directory, circuits, limits, meters, tracer);
    }

    @Bean
    RetryPolicy retryPolicy(DeliverySettings settings, Directory directory) {
        return new RetryPolicy(settings.retry(), directory::find, ThreadLocalRandom::current);
    }

    @Bean
    Dispatcher dispatcher(
            JdbcClient database,
            @Value("${hub.name}") String hub,
            DeliverySettings settings,
            Lanes lanes,
            RetryPolicy retry,
            Directory directory,
            CamelContext camel,
            Tracer tracer) {
        var due = new DueDeliveries(database, hub, settings.lease(), retry::giveUpAfter, settings.headStart());
        var dispatcher = new Dispatcher(due, lanes, camel.createProducerTemplate(), tracer, settings.pollEvery());
        directory.onChange(dispatcher::partiesChanged);
        return dispatcher;
    }

    /** Delivery begins when every route is there. */
    @Bean
    CamelContextConfiguration deliveryAfterRoutes(Dispatcher dispatcher) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                // The lanes are made from a route template, which is not loaded yet.
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                dispatcher.start();
            }
        };
    }

    @Bean
    Presence presence(
            JdbcClient database,
            @Value("${hub.name}") String hub,
            PresenceSettings settings,
            ConfigurableApplicationContext application) {
        return new Presence(database, hub, UUID.randomUUID().toString(), settings, () -> new Thread(
                        () -> System.exit(SpringApplication.exit(application, () -> NAME_LOST)), "name-lost")
                .start());
    }

    @Bean
    Settlements settlements(
            JdbcClient database,
            RetryPolicy retry,
            @Value("${hub.name}") String hub,
            DeliverySettings settings,
            MeterRegistry meters,
            ObjectProvider<Dispatcher> dispatcher) {
        return new Settlements(
                database, retry, hub, settings.settleAtMost(), new DeliveryFigures(meters), party -> dispatcher
                        .getObject()
                        .wake(party));
    }

    @Bean
    LateAnswers lateAnswers(JdbcClient database, @Value("${hub.name}") String hub, DeliverySettings settings) {
        return new LateAnswers(database, hub, settings.lease());
    }

    @Bean
    Deliveries deliveries(Directory directory, ResponseCodes codes, Clock clock) {
        return new Deliveries(directory, codes, clock);
    }

    @Bean
    PeerAnswers peerAnswers() {
        return new PeerAnswers();
    }
}
