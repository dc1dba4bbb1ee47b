package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;

/** Test tickets of a whole hub to its simulated peers, one of which is away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProbesIT {

    private static final Duration LONGEST = Duration.ofSeconds(90);
    /** Headquarters CSVC and SIMS, five platforms, SIMS and network of 31 provinces. */
    private static final int LINKS = 2 + 5 + 31 + 31;

    private final HubProcess hub;

    ProbesIT(@TempDir Path folder) throws IOException {
        var adapters = new Adapters(
                folder,
                Adapters.packaged()
                        .replace("  MGAM-000:\n", "  MGAM-000:\n    address: http://127.0.0.1:1/\n    timeout: 2s\n")
                        .replace("  MUSI-000:\n", "  MUSI-000:\n    transport: jms\n"));
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.sample-every=0s",
                        "--hub.standalone.simulation.reply-after=200ms",
                        "--hub.timers.poll-every=500ms",
                        "--hub.probes.every=5s",
                        "--hub.probes.answer-within=20s"));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private long links(String state) throws Exception {
        return hub.get("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith("hub_probe_up{") && line.endsWith(" " + state))
                .count();
    }

    @Test
    void nobody_opens_a_ticket_of_the_hubs_own_numbers() throws Exception {
        String ticket = "20261122CSVC9990000001";
        var caller = new SoapCaller(hub.port());

        for (String sender : List.of("CSVC-000", "SIMS-000")) {
            Party from = Party.of(sender);
            Party to = Party.of(sender.equals("CSVC-000") ? "MVID-000" : "SIMS-250");
            SoapCaller.Reply reply = caller.send(
                    from.user(),
                    Messages.message(Activity.DISPATCH, from, to, ticket)
                            .canonical()
                            .replaceFirst("<HomeProv>[0-9]*", "<HomeProv>100"));
            assertThat(reply.code()).isEqualTo("4005");
            assertThat(reply.value("RspDesc")).startsWith("IndictSeq: 999");
        }
    }

    @Test
    void every_link_is_tried_and_the_one_that_does_not_do_is_said() throws Exception {
        await().atMost(LONGEST).untilAsserted(() -> {
            assertThat(links("1.0")).isEqualTo(LINKS - 1);
            assertThat(links("0.0")).isEqualTo(1);
        });
        assertThat(hub.metric("hub_probe_up{party=\"MGAM-000\"")).isZero();
        assertThat(hub.metric("hub_probe_round_trip_seconds{party=\"SIMS-250\""))
                .as("it answers after 200 ms")
                .isBetween(0.2, 20.0);
        assertThat(hub.metric("hub_probes_ended_total{outcome=\"ok\",party=\"CSVC-000\""))
                .isPositive();

        // No probe waits for an operator, none is business, and none is in the way of who looks for tickets.
        assertThat(hub.json("/api/deliveries?state=dead").at("/items")).isEmpty();
        assertThat(hub.json("/api/tickets").at("/items")).isEmpty();
        assertThat(hub.json("/api/tickets?party=HUB-000").at("/items")).isNotEmpty();
        assertThat(hub.get("/api/tickets?party=HUB-000")).contains("\"testFlag\":\"1\"");
    }
}
