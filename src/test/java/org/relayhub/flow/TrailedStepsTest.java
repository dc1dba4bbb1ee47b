package org.relayhub.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.message.Trail;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** What lines of routes say of their message, and what threads say afterwards. */
class TrailedStepsTest {

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(TrailedStepsTest.class);
    private static final Trail ONE = new Trail("20261122CSVC2500000001", "CRM250T1");
    private static final Trail TWO = new Trail(null, "CRM250T2");
    private static final String OF_ONE = "20261122CSVC2500000001 CRM250T1";
    private static final String OF_TWO = "- CRM250T2";
    private static final String OF_NONE = "- -";

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            Map<String, String> said = line.getMDCPropertyMap();
            lines.add(said.getOrDefault("indictSeq", "-") + " " + said.getOrDefault("transIdo", "-") + " "
                    + line.getFormattedMessage());
        }
    };
    private final ExecutorService caller = Executors.newSingleThreadExecutor();
    private final ExecutorService other = Executors.newSingleThreadExecutor();
    private final CamelContext camel = new DefaultCamelContext();

    /** A step that another thread finishes, as one that waits for an answer over JMS. */
    private final class HandedOver extends AsyncProcessorSupport {

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            LOG.info("asks");
            other.execute(() -> callback.done(false));
            return false;
        }
    }

    @BeforeEach
    void start() throws Exception {
        appender.start();
        LOG.addAppender(appender);
        camel.getCamelContextExtension().addInterceptStrategy(new TrailedSteps());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true).process(exchange -> LOG.info("failed"));
                from("direct:one-after-another").to("direct:inner").process(exchange -> LOG.info("outer"));
                from("direct:inner").process(exchange -> LOG.info("inner"));
                from("direct:read")
                        .process(exchange -> exchange.setProperty(Trail.PROPERTY, ONE))
                        .process(exchange -> LOG.info("read"));
                from("direct:fail").process(exchange -> {
                    throw new IllegalStateException("on purpose");
                });
                from("direct:ask").process(new HandedOver()).process(exchange -> LOG.info("answered"));
                from("direct:side-by-side")
                        .split(body())
                        .parallelProcessing()
                        .executorService(other)
                        .process(exchange ->
                                LOG.info("asks {}", exchange.getMessage().getBody()))
                        .end()
                        .process(exchange -> LOG.info("knows"));
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        LOG.detachAppender(appender);
        caller.shutdownNow();
        other.shutdownNow();
    }

    /** Sends from the one thread, and has both threads say afterwards what they are still busy with. */
    private void send(String to, Object body, @Nullable Trail trail) throws Exception {
        ProducerTemplate camelCaller = camel.createProducerTemplate();
        caller.submit(() -> camelCaller.send(to, exchange -> {
                    exchange.getMessage().setBody(body);
                    if (trail != null) {
                        exchange.setProperty(Trail.PROPERTY, trail);
                    }
                }))
                .get();
        for (ExecutorService thread : List.of(caller, other)) {
            thread.submit(() -> LOG.info("afterwards")).get();
        }
    }

    private List<String> said() {
        return lines.stream().filter(line -> !line.endsWith("afterwards")).toList();
    }

    private void nothingIsSaidAfterwards() {
        assertThat(lines.stream().filter(line -> line.endsWith("afterwards")))
                .hasSizeGreaterThanOrEqualTo(2)
                .containsOnly(OF_NONE + " afterwards");
    }

    @Test
    void two_messages_that_one_thread_handles_do_not_mix() throws Exception {
        send("direct:one-after-another", "", ONE);
        send("direct:one-after-another", "", TWO);
        send("direct:one-after-another", "", null);

        assertThat(said())
                .containsExactly(
                        OF_ONE + " inner",
                        OF_ONE + " outer",
                        OF_TWO + " inner",
                        OF_TWO + " outer",
                        OF_NONE + " inner",
                        OF_NONE + " outer");
        nothingIsSaidAfterwards();
    }

    @Test
    void a_document_is_named_from_the_step_after_the_one_that_read_it() throws Exception {
        send("direct:read", "", null);

        assertThat(said()).containsExactly(OF_ONE + " read");
        nothingIsSaidAfterwards();
    }

    @Test
    void a_message_that_fails_is_named_by_who_handles_that() throws Exception {
        send("direct:fail", "", ONE);

        assertThat(said()).containsExactly(OF_ONE + " failed");
        nothingIsSaidAfterwards();
    }

    @Test
    void a_message_that_goes_on_in_another_thread_is_named_there_and_in_neither_afterwards() throws Exception {
        send("direct:ask", "", ONE);
        await().until(() -> said().size() == 2);

        assertThat(said()).containsExactly(OF_ONE + " asks", OF_ONE + " answered");
        nothingIsSaidAfterwards();
    }

    @Test
    void questions_side_by_side_name_the_message_that_they_are_asked_for() throws Exception {
        send("direct:side-by-side", List.of("BOSS", "NETW"), ONE);

        assertThat(said()).containsExactly(OF_ONE + " asks BOSS", OF_ONE + " asks NETW", OF_ONE + " knows");
        nothingIsSaidAfterwards();
    }

    @Test
    void what_a_sender_has_written_cannot_pass_for_another_part_of_a_line() {
        Trail forged = new Trail("2026]\nERROR", "T1]\nERROR 客户");
        try (Trail.Open open = forged.open()) {
            assertThat(MDC.get("indictSeq")).isEqualTo("2026??ERROR");
            assertThat(MDC.get("transIdo")).isEqualTo("T1??ERROR???");
        }
        try (Trail.Open open = new Trail(null, "T".repeat(1_000)).open()) {
            assertThat(MDC.get("transIdo")).isEqualTo("T".repeat(64) + "...");
        }
        assertThat(MDC.get("transIdo")).isNull();
    }
}
