package org.relayhub.delivery.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.TracerProvider;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultUnitOfWork;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;
import org.relayhub.message.Activity;
import org.relayhub.message.InboundDocument;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;

/** What a party may send and be sent in a second, and how many questions to it may be under way. */
class RateLimitsTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    private RateLimits limits(Directory directory) {
        return new RateLimits(directory, meters);
    }

    private static InboundDocument document() {
        return new InboundDocument(
                Messages.message(Activity.DISPATCH, CRM, CSVC, "20261122CSVC2500000001")
                        .document(),
                "soap",
                "crm-250");
    }

    private static int admitted(RateLimits limits, int documents) {
        int admitted = 0;
        for (int i = 0; i < documents; i++) {
            try {
                limits.admit(document());
                admitted++;
            } catch (RefusalException e) {
                assertThat(e.fault().code()).isEqualTo("0131");
            }
        }
        return admitted;
    }

    @Test
    void a_party_without_a_rate_may_send_as_much_as_it_likes() {
        assertThat(admitted(limits(Directories.of("parties: {CRM-250: {}}")), 1000))
                .isEqualTo(1000);
    }

    @Test
    void what_exceeds_its_rate_is_0131_and_counted() {
        RateLimits limits = limits(Directories.of("parties: {CRM-250: {rateIn: 5}}"));

        assertThat(admitted(limits, 30)).isBetween(5, 10);
        assertThat(meters.counter("hub.rate.exceeded", "party", "CRM-250").count())
                .isBetween(20.0, 25.0);
        await().atMost(Duration.ofSeconds(5)).until(() -> limits.tryAdmit(CRM));
    }

    @Test
    void another_party_is_not_touched_by_it() {
        RateLimits limits = limits(Directories.of("parties: {CRM-250: {rateIn: 0.01}, CRM-100: {rateIn: 0.01}}"));
        assertThat(limits.tryAdmit(CRM)).isTrue();
        assertThat(limits.tryAdmit(CRM)).isFalse();

        assertThat(limits.tryAdmit(Party.of("CRM-100"))).isTrue();
    }

    @Test
    void a_changed_rate_holds_at_once() {
        Directory directory = Directories.of("parties: {CRM-250: {rateIn: 0.01, rateOut: 0.01}}");
        RateLimits limits = limits(directory);
        limits.tryAdmit(CRM);
        limits.trySend(directory.get(CRM));
        assertThat(limits.tryAdmit(CRM)).isFalse();
        assertThat(limits.free(directory.get(CRM))).isZero();

        Directories.change(directory, "parties: {CRM-250: {rateIn: 100, rateOut: 7}}");

        assertThat(limits.tryAdmit(CRM)).isTrue();
        assertThat(limits.free(directory.get(CRM))).isEqualTo(7);
    }

    @Test
    void a_party_is_asked_no_more_than_it_may_be_at_once_until_a_question_is_over() {
        Directory directory = Directories.of("parties: {CSVC-000: {concurrency: 2}}");
        Lanes lanes = lanes(directory);
        var call = new PeerCall(directory.get(CSVC), "", true);
        Exchange first = exchange(camel);
        lanes.reserve(call, first);
        lanes.reserve(call, exchange(camel));

        assertThatExceptionOfType(PartyBusyException.class).isThrownBy(() -> lanes.reserve(call, exchange(camel)));
        lanes.release(first);
        lanes.release(first);
        lanes.reserve(call, exchange(camel));
        assertThatExceptionOfType(PartyBusyException.class)
                .as("a place is given back once")
                .isThrownBy(() -> lanes.reserve(call, exchange(camel)));
    }

    @Test
    void a_party_is_asked_no_more_often_than_its_rate() {
        Directory directory = Directories.of("parties: {CSVC-000: {rateOut: 0.01}}");
        Lanes lanes = lanes(directory);
        var call = new PeerCall(directory.get(CSVC), "", true);
        lanes.reserve(call, exchange(camel));

        assertThatExceptionOfType(PartyBusyException.class).isThrownBy(() -> lanes.reserve(call, exchange(camel)));
        assertThat(new PeerAnswers().failed(new PartyBusyException("busy")))
                .isEqualTo(new PeerAnswer.NotTried("0131", "busy"));
    }

    private Lanes lanes(Directory directory) {
        return new Lanes(
                camel,
                directory,
                CircuitBreakerRegistry.ofDefaults(),
                limits(directory),
                new SimpleMeterRegistry(),
                TracerProvider.noop().get("test"));
    }

    private static Exchange exchange(DefaultCamelContext camel) {
        var exchange = new DefaultExchange(camel);
        exchange.getExchangeExtension().setUnitOfWork(new DefaultUnitOfWork(exchange));
        return exchange;
    }
}
