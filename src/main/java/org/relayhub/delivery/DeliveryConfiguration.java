package org.relayhub.delivery;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.relayhub.directory.Directory;
import org.relayhub.directory.PartyEntry;
import org.relayhub.message.codes.ResponseCodes;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The parts of delivery. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

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
    Lanes lanes(CamelContext camel, Directory directory, CircuitBreakerRegistry circuits) {
        return new Lanes(camel, directory, circuits);
    }

    @Bean
    RetryPolicy retryPolicy(DeliverySettings settings) {
        return new RetryPolicy(settings.retry(), ThreadLocalRandom::current);
    }

    @Bean
    Dispatcher dispatcher(
            JdbcClient database,
            @Value("${hub.name}") String hub,
            DeliverySettings settings,
            Lanes lanes,
            Directory directory,
            CamelContext camel) {
        requireLongLease(settings, directory);
        var due = new DueDeliveries(
                database, hub, settings.lease(), settings.retry().giveUpAfter(), settings.headStart());
        return new Dispatcher(due, lanes, camel.createProducerTemplate(), settings.pollEvery());
    }

    /** A call takes a connection and an answer, each within the party's timeout, and must be over when its lease is. */
    private static void requireLongLease(DeliverySettings settings, Directory directory) {
        for (PartyEntry entry : directory.parties()) {
            if (settings.lease().compareTo(entry.timeout().multipliedBy(2)) <= 0) {
                throw new IllegalStateException("hub.delivery.lease (" + settings.lease()
                        + ") must be longer than twice the timeout of " + entry.party() + " (" + entry.timeout()
                        + ") in parties.yaml, or its messages are sent twice.");
            }
        }
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
    Settlements settlements(
            JdbcClient database,
            RetryPolicy retry,
            @Value("${hub.name}") String hub,
            DeliverySettings settings,
            ObjectProvider<Dispatcher> dispatcher) {
        return new Settlements(database, retry, hub, settings.settleAtMost(), party -> dispatcher
                .getObject()
                .wake(party));
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
