package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;

/** A running hub follows parties.yaml. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PartiesChangeIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicInteger TICKETS = new AtomicInteger();

    private final RecordingPeer csvc = new RecordingPeer();
    private final RecordingPeer crm = new RecordingPeer();
    private final Adapters adapters;
    private final HubProcess hub;

    PartiesChangeIT(@TempDir Path folder) throws IOException {
        adapters = new Adapters(folder, parties(soap()));
        hub = new HubProcess(
                folder,
                List.of(
                        adapters.setting(),
                        "--hub.standalone.simulation.enabled=false",
                        "--hub.delivery.retry.first=200ms"));
    }

    @AfterAll
    void stop() {
        hub.close();
        csvc.close();
        crm.close();
    }

    private String soap() {
        return "CRM-250: {address: '" + crm.address() + "'}";
    }

    private String parties(String... lines) {
        return "parties:\n  CSVC-000: {address: '" + csvc.address() + "'}\n  " + String.join("\n  ", lines) + "\n";
    }

    @BeforeEach
    void asAtTheStart() throws Exception {
        adapters.write(parties(soap()));
        awaitTransport("soap");
    }

    private void awaitTransport(String transport) {
        await().atMost(FIVE_SECONDS).pollInterval(Duration.ofMillis(100)).untilAsserted(() -> assertThat(
                        get("/api/parties"))
                .containsPattern("\"party\":\"CRM-250\",\"transport\":\"" + transport + "\",\"enabled\":true"));
    }

    private String get(String path) throws Exception {
        return hub.get(path);
    }

    private static AddressedMessage dispatch(Party crm) {
        return Messages.message(
                DISPATCH, crm, CSVC, "20261122CSVC" + crm.node() + "%07d".formatted(TICKETS.incrementAndGet()));
    }

    private String send(AddressedMessage message) throws Exception {
        return new SoapCaller(hub.port())
                .send(message.sender().user(), message.canonical())
                .code();
    }

    @Test
    void a_party_moves_from_SOAP_to_JMS_and_back_and_no_message_is_lost_or_out_of_order() throws Exception {
        AddressedMessage dispatch = dispatch(CRM);
        String ticket = Objects.requireNonNull(dispatch.indictSeq());
        assertThat(send(dispatch)).isEqualTo("0000");
        List<String> sent = new ArrayList<>();
        for (String transport : List.of("soap", "jms", "soap", "jms")) {
            adapters.write(parties(transport.equals("soap") ? soap() : "CRM-250: {transport: jms}"));
            // Sent on while the change takes effect, and after it.
            await().atMost(FIVE_SECONDS).pollInterval(Duration.ofMillis(50)).until(() -> {
                AddressedMessage comment = Messages.message(COMMENT, CSVC, CRM, ticket);
                assertThat(send(comment)).isEqualTo("0000");
                sent.add(comment.transIdo());
                return get("/api/parties").contains("\"party\":\"CRM-250\",\"transport\":\"" + transport + "\"");
            });
            AddressedMessage comment = Messages.message(COMMENT, CSVC, CRM, ticket);
            assertThat(send(comment)).isEqualTo("0000");
            sent.add(comment.transIdo());
        }
        List<String> queued = new ArrayList<>();
        try (var caller = new JmsCaller(JmsCaller.Protocol.CORE, hub.brokerPort(), CRM.user())) {
            await().atMost(SOON).until(() -> {
                var message = caller.receive("hub.out.CRM-250", Duration.ofMillis(200));
                if (message != null) {
                    queued.add(message.getText().replaceAll("(?s).*<TransIDO>(.*)</TransIDO>.*", "$1"));
                }
                return queued.size() + called(ticket).size() >= sent.size();
            });
            assertThat(caller.request("hub.in.CRM-250", dispatch(CRM).canonical())
                            .code())
                    .as("its door is open")
                    .isEqualTo("0000");
        }

        assertThat(queued).isNotEmpty();
        assertThat(called(ticket)).isNotEmpty();
        assertThat(sent).filteredOn(queued::contains).containsExactlyElementsOf(queued);
        assertThat(sent).filteredOn(called(ticket)::contains).containsExactlyElementsOf(called(ticket));
        assertThat(queued.size() + called(ticket).size()).as("none twice").isEqualTo(sent.size());
    }

    private List<String> called(String ticket) {
        return crm.arrivals().stream()
                .filter(arrival -> arrival.indictSeq().equals(ticket))
                .map(RecordingPeer.Arrival::transIdo)
                .toList();
    }

    @Test
    void a_door_that_is_closed_leaves_on_its_queue_what_is_sent_there() throws Exception {
        adapters.write(parties("CRM-250: {transport: jms}"));
        awaitTransport("jms");
        AddressedMessage late = dispatch(CRM);
        try (var caller = new JmsCaller(JmsCaller.Protocol.CORE, hub.brokerPort(), CRM.user())) {
            assertThat(caller.request("hub.in.CRM-250", dispatch(CRM).canonical())
                            .code())
                    .isEqualTo("0000");
            adapters.write(parties("CRM-250: {transport: jms, enabled: false}"));
            await().atMost(FIVE_SECONDS).until(() -> get("/api/parties")
                    .contains("\"party\":\"CRM-250\",\"transport\":\"jms\",\"enabled\":false"));
            caller.send("hub.in.CRM-250", caller.text(late.canonical()));
            assertThat(caller.receive("hub.out.CRM-250", Duration.ofSeconds(1)))
                    .as("no refusal")
                    .isNull();
            adapters.write(parties("CRM-250: {transport: jms}"));

            await().atMost(SOON).until(() -> csvc.arrivals().stream()
                    .anyMatch(arrival -> arrival.transIdo().equals(late.transIdo())));
        }
    }

    @Test
    void a_broken_file_is_refused_with_line_and_reason_and_the_old_one_stays() throws Exception {
        adapters.write(parties("CRM-250: {}", "CRM-100:", "  timeout: soon"));

        await().atMost(FIVE_SECONDS)
                .until(() -> get("/actuator/prometheus").contains("hub_file_refused{file=\"parties.yaml\"} 1.0"));
        assertThat(Files.readString(hub.log().toPath()))
                .contains("parties.yaml, line 5, parties.CRM-100.timeout: 'soon' is not a valid duration");
        assertThat(send(dispatch(CRM))).isEqualTo("0000");
        adapters.write(parties(soap()));
        await().atMost(FIVE_SECONDS)
                .until(() -> get("/actuator/prometheus").contains("hub_file_refused{file=\"parties.yaml\"} 0.0"));
    }

    @Test
    void a_disabled_party_is_not_believed_and_what_is_meant_for_it_is_refused() throws Exception {
        AddressedMessage dispatch = dispatch(CRM);
        send(dispatch);
        adapters.write(parties("CRM-250: {enabled: false}"));
        await().atMost(FIVE_SECONDS).until(() -> get("/api/parties")
                .contains("\"party\":\"CRM-250\",\"transport\":\"soap\",\"enabled\":false"));

        assertThat(send(dispatch(CRM))).isEqualTo("0118");
        assertThat(send(Messages.message(COMMENT, CSVC, CRM, Objects.requireNonNull(dispatch.indictSeq()))))
                .isEqualTo("0119");
    }

    @Test
    void a_new_party_takes_part_at_once() throws Exception {
        Party newcomer = Party.of("CRM-100");
        adapters.write(parties(soap(), "CRM-100: {address: '" + crm.address() + "'}"));
        await().atMost(FIVE_SECONDS).until(() -> get("/api/parties").contains("\"party\":\"CRM-100\""));
        AddressedMessage dispatch = dispatch(newcomer);
        String ticket = Objects.requireNonNull(dispatch.indictSeq());

        assertThat(send(dispatch)).isEqualTo("0000");
        assertThat(send(Messages.message(COMMENT, CSVC, newcomer, ticket))).isEqualTo("0000");
        await().atMost(SOON).until(() -> called(ticket).size() == 1);
    }

    @Test
    void a_party_that_sends_faster_than_its_rate_gets_0131_and_another_is_not_touched() throws Exception {
        adapters.write(parties("CRM-250: {rateIn: 0.01}", "CRM-100: {}"));
        await().atMost(FIVE_SECONDS).until(() -> get("/api/parties").contains("\"party\":\"CRM-100\""));
        AddressedMessage dispatch = dispatch(CRM);

        await().atMost(FIVE_SECONDS).until(() -> send(dispatch(CRM)).equals("0131"));
        assertThat(send(dispatch)).isEqualTo("0131");
        assertThat(send(dispatch(Party.of("CRM-100")))).isEqualTo("0000");
        assertThat(get("/api/tickets/" + dispatch.indictSeq())).contains("404");
        adapters.write(parties(soap(), "CRM-100: {}"));
        await().atMost(FIVE_SECONDS).until(() -> send(dispatch).equals("0000"));
    }

    @Test
    void what_a_JMS_party_sends_faster_than_its_rate_waits_on_its_queue() throws Exception {
        adapters.write(parties("CRM-250: {transport: jms, rateIn: 2}"));
        awaitTransport("jms");
        try (var caller = new JmsCaller(JmsCaller.Protocol.CORE, hub.brokerPort(), CRM.user())) {
            long began = System.nanoTime();
            for (int i = 0; i < 8; i++) {
                assertThat(caller.request("hub.in.CRM-250", dispatch(CRM).canonical())
                                .code())
                        .isEqualTo("0000");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void a_party_is_sent_no_more_than_its_rate() throws Exception {
        adapters.write(parties("CRM-250: {address: '" + crm.address() + "', rateOut: 2}", "CRM-200: {}"));
        await().atMost(FIVE_SECONDS).until(() -> get("/api/parties").contains("\"party\":\"CRM-200\""));
        AddressedMessage dispatch = dispatch(CRM);
        String ticket = Objects.requireNonNull(dispatch.indictSeq());
        send(dispatch);
        long began = System.nanoTime();
        for (int i = 0; i < 9; i++) {
            assertThat(send(Messages.message(COMMENT, CSVC, CRM, ticket))).isEqualTo("0000");
        }

        await().atMost(SOON).until(() -> called(ticket).size() == 9);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
    }
}
