package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;

/** What docs/indicators.md names is what a whole hub measures, when all that is rare has happened once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndicatorsIT {

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final Party CRM = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String TICKET = "20261122CSVC1000000001";

    private final HubProcess hub;

    IndicatorsIT(@TempDir Path folder) throws IOException {
        var adapters =
                new Adapters(folder, Adapters.packaged().replace("parties:\n", "parties:\n  CRM-100: {rateIn: 0.1}\n"));
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.sample-every=1s",
                        "--hub.standalone.simulation.reply-after=12s",
                        "--hub.timers.poll-every=200ms",
                        "--hub.deadlines.look-every=200ms",
                        "--hub.deadlines.urge-at=80",
                        "--hub.probes.every=5s",
                        "--hub.tracing.endpoint=http://127.0.0.1:1/nobody"));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    /** The families of metrics that the hub has now, as Prometheus names them. */
    private Set<String> measured() throws Exception {
        return hub.get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                // The longest time of each timer is a family of its own.
                .map(name -> name.replaceFirst("_seconds_max$", "_seconds"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String send(String document) throws Exception {
        return new SoapCaller(hub.port()).send("crm-100", document).code();
    }

    private static String message(Activity activity, String ticket) {
        return Messages.message(activity, CRM, CSVC, ticket).canonical();
    }

    /** A dispatch that wants its answer within seconds, and gets it later. */
    private static String urgent() {
        String soon = Serial.time(Clock.systemUTC().instant().plusSeconds(8));
        return message(DISPATCH, TICKET).replaceFirst("<DeadTime>[^<]*", "<DeadTime>" + soon);
    }

    @BeforeAll
    void whateverIsRare() throws Exception {
        // A sample of the simulation's may be the one message that CRM-100 may send within ten seconds.
        await().atMost(LONGEST).until(() -> send(urgent()).equals("0000"));
        assertThat(send(message(QUERY, TICKET)))
                .as("one message in ten seconds is what CRM-100 may send")
                .isEqualTo("0131");
        await().atMost(LONGEST).until(() -> send(message(QUERY, TICKET)).equals("0000"));
        await().atMost(LONGEST)
                .until(() -> send(message(ARCHIVE, "20261122CSVC1000000009")).equals("2901"));
        try (var crm = new JmsCaller(Protocol.CORE, hub.brokerPort(), "crm-250")) {
            crm.send("hub.in.CRM-250", crm.text("no document"));
        }
        try (var network = new JmsCaller(Protocol.CORE, hub.brokerPort(), "netw-250")) {
            network.publish(
                    "network.alarms",
                    network.text("<Alarm xmlns=\"urn:relay-hub:interboss:1\">"
                            + "<AlarmId>OLT-1</AlarmId><NODE>250</NODE><LineNo>NJ-0001</LineNo><Severity>CRITICAL</Severity>"
                            + "<RaisedTime>2026-11-22 09:30:00</RaisedTime></Alarm>"));
        }
    }

    @Test
    void every_indicator_of_the_docs_is_measured_and_every_measure_of_the_hubs_is_in_the_docs() throws Exception {
        Set<String> documented = Indicators.documented();
        assertThat(documented).hasSizeGreaterThanOrEqualTo(50);
        await().atMost(LONGEST).untilAsserted(() -> assertThat(measured()).containsAll(documented));

        assertThat(measured().stream().filter(name -> name.startsWith("hub_"))).isSubsetOf(documented);
    }

    @Test
    void what_is_measured_is_what_happened() throws Exception {
        await().atMost(LONGEST).untilAsserted(() -> {
            assertThat(hub.metric("hub_province_opened{province=\"100\"")).isPositive();
            assertThat(hub.metric("hub_province_asked{province=\"100\"")).isEqualTo(1);
            assertThat(hub.metric("hub_province_first_reply_time_seconds{province=\"all\""))
                    .as("second-line systems take twelve seconds")
                    .isBetween(12.0, 60.0);
            assertThat(hub.metric("hub_deadlines_breached_total{party=\"CSVC-000\""))
                    .isPositive();
            assertThat(hub.metric("hub_relay_seconds_count{flow=\"dispatch\"")).isPositive();
            assertThat(hub.metric("hub_accept_party_seconds_count{party=\"CRM-100\",transport=\"soap\""))
                    .isPositive();
            assertThat(hub.metric("hub_rate_exceeded_total{party=\"CRM-100\"")).isPositive();
            assertThat(hub.metric("hub_refusals_total{code=\"2901\"")).isEqualTo(1);
            assertThat(hub.metric("hub_trace_lost_total")).isPositive();
            assertThat(hub.metric("hub_probe_age_seconds{party=\"CSVC-000\"")).isBetween(0.0, 60.0);
            assertThat(
                            hub.metric(
                                    "http_server_requests_seconds_count{error=\"none\",exception=\"none\",method=\"POST\",outcome=\"SUCCESS\",status=\"200\",uri=\"/ws/interboss\""))
                    .isPositive();
            assertThat(hub.metric("hub_party_oldest_seconds{party=\"CRM-100\"")).isNotNaN();
        });
    }
}
