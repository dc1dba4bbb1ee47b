package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.directory.Directories;
import org.relayhub.standalone.broker.EmbeddedBroker;

/** Alarms as network platforms publish them and operators see them, over CORE and over AMQP 1.0. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlarmsIT {

    private static final String TOPIC = "network.alarms";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final AtomicInteger ALARMS = new AtomicInteger();
    private static final String PARTIES =
            "parties: {CRM-250: {}, NETW-250: {}, NETW-431: {}, NETW-100: {enabled: false}}";

    private final HubProcess hub;

    AlarmsIT(@TempDir Path folder) throws IOException {
        hub = new HubProcess(
                folder, List.of(new Adapters(folder, PARTIES).setting(), "--hub.standalone.simulation.enabled=false"));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private JmsCaller as(Protocol protocol, String user) {
        return new JmsCaller(protocol, hub.brokerPort(), user);
    }

    private static String newAlarm() {
        return "OLT-" + ALARMS.incrementAndGet();
    }

    private static String alarm(String id, String node, String rest) {
        return "<Alarm xmlns=\"urn:relay-hub:interboss:1\"><AlarmId>" + id + "</AlarmId><NODE>" + node + "</NODE>"
                + "<LineNo>NJ-0001</LineNo><Severity>CRITICAL</Severity><RaisedTime>2026-11-22 09:30:00</RaisedTime>"
                + rest + "</Alarm>";
    }

    private static String raised(String id) {
        return alarm(id, "250", "");
    }

    private static String cleared(String id) {
        return alarm(id, "250", "<ClearedTime>2026-11-22 10:30:00</ClearedTime>");
    }

    private List<String> active() throws Exception {
        return StreamSupport.stream(
                        hub.json("/api/alarms?node=250").get("items").spliterator(), false)
                .map(alarm -> alarm.get("alarmId").asText())
                .toList();
    }

    private void awaitActive(String id) {
        await(id).atMost(SOON).until(() -> active().contains(id));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void an_alarm_is_there_once_however_often_it_is_raised_until_it_is_cleared(Protocol protocol) throws Exception {
        String id = newAlarm();
        String behind = newAlarm();
        try (JmsCaller platform = as(protocol, "netw-250")) {
            platform.publish(TOPIC, platform.text(raised(id)));
            platform.publish(TOPIC, platform.text(raised(id)));
            platform.publish(TOPIC, platform.text(raised(behind)));
            awaitActive(behind);

            assertThat(active()).containsOnlyOnce(id);
            JsonNode found =
                    hub.json("/api/alarms?node=250&line=NJ-0001").get("items").get(0);
            assertThat(found.get("severity").asText()).isEqualTo("CRITICAL");
            assertThat(found.get("raisedTime").asText()).isEqualTo("2026-11-22T09:30:00+08:00");

            platform.publish(TOPIC, platform.text(cleared(id)));
            await().atMost(SOON).until(() -> !active().contains(id));
            platform.publish(TOPIC, platform.text(raised(id)));
            String last = newAlarm();
            platform.publish(TOPIC, platform.text(raised(last)));
            awaitActive(last);
            assertThat(active()).as("raised again, but not later").doesNotContain(id);
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void what_is_published_as_bytes_is_read_as_UTF_8(Protocol protocol) throws Exception {
        String id = newAlarm();
        try (JmsCaller platform = as(protocol, "netw-250")) {
            BytesMessage bytes = platform.session().createBytesMessage();
            bytes.writeBytes(alarm(id, "250", "<Description>光路中断</Description>").getBytes(StandardCharsets.UTF_8));
            platform.publish(TOPIC, bytes);

            awaitActive(id);
            assertThat(hub.get("/api/alarms?node=250")).contains("光路中断");
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void what_is_no_alarm_or_another_platforms_is_set_aside_with_the_reason_and_counted(Protocol protocol)
            throws Exception {
        double before = invalid();
        String foreign = newAlarm();
        try (JmsCaller platform = as(protocol, "netw-431");
                JmsCaller disabled = as(protocol, "netw-100");
                JmsCaller admin = as(Protocol.CORE, "admin")) {
            platform.publish(TOPIC, platform.text(raised(foreign)));
            assertAside(admin, "0118 NODE: names another platform than the sender; sent by NETW-431");
            platform.publish(TOPIC, platform.text("<Alarm"));
            assertAside(admin, "the XML is not well formed");
            platform.publish(TOPIC, platform.text(alarm("A", "431", "<Stray/>")));
            assertAside(admin, "0106 Stray: not expected here in Alarm");
            platform.publish(TOPIC, platform.text("x".repeat(2 * 1024 * 1024)));
            assertAside(admin, "the document is larger than 1 MiB; sent by NETW-431");
            platform.publish(TOPIC, platform.session().createMapMessage());
            assertAside(admin, "it is no text message");
            disabled.publish(TOPIC, disabled.text(alarm("A", "100", "")));
            assertAside(admin, "0118 NODE: its network platform is not connected or disabled");

            platform.publish(TOPIC, platform.text(alarm("A", "431", "").replace("2026-11-22", "2999-11-22")));
            assertAside(admin, "4007 RaisedTime: is more than 5 minutes ahead");
            platform.publish(TOPIC, platform.text(alarm("A", "431", "<ClearedTime>2999-11-22 10:30:00</ClearedTime>")));
            assertAside(admin, "4007 ClearedTime: is more than 5 minutes ahead");

            assertThat(active()).doesNotContain(foreign);
            await().atMost(SOON).until(() -> invalid() == before + 8);
            assertThat(Files.readString(hub.log().toPath()))
                    .contains("Security event: NETW-431 has published an alarm in the name of NETW-250");
        }
    }

    private static void assertAside(JmsCaller admin, String reason) throws Exception {
        try (JMSConsumer consumer = admin.session().createConsumer(admin.queue("hub.invalid"))) {
            Message aside = Objects.requireNonNull(consumer.receive(SOON.toMillis()), reason);
            assertThat(aside.getStringProperty("hubReason")).startsWith(reason);
            assertThat(aside.getStringProperty("hubQueue")).isEqualTo(TOPIC);
        }
    }

    private double invalid() throws Exception {
        return metric("hub_jms_invalid_total\\{[^}]*party=\"NETW-\\*\"[^}]*}");
    }

    private double metric(String name) throws Exception {
        var found = Pattern.compile(name + " ([0-9.]+)").matcher(hub.get("/actuator/prometheus"));
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void who_is_no_network_platform_may_not_publish(Protocol protocol) throws Exception {
        try (JmsCaller crm = as(protocol, "crm-250")) {
            TextMessage forged = crm.text(raised("forged"));
            assertThatExceptionOfType(JMSRuntimeException.class).isThrownBy(() -> crm.publish(TOPIC, forged));
        }
        String id = newAlarm();
        try (JmsCaller platform = as(protocol, "netw-250")) {
            platform.publish(TOPIC, platform.text(raised(id)));
        }
        awaitActive(id);
        assertThat(active()).doesNotContain("forged");
    }

    @Test
    void what_was_received_and_what_is_active_is_counted() throws Exception {
        try (JmsCaller platform = as(Protocol.CORE, "netw-431")) {
            double before = metric("hub_alarms_received_total\\{[^}]*severity=\"CRITICAL\"[^}]*}");
            platform.publish(TOPIC, platform.text(alarm(newAlarm(), "431", "")));

            await().atMost(SOON)
                    .until(() -> metric("hub_alarms_received_total\\{[^}]*severity=\"CRITICAL\"[^}]*}") == before + 1);
            await().atMost(SOON).until(() -> metric("hub_alarms_active(?:\\{[^}]*})?") >= 1);
        }
    }

    /** With a broker that outlives the hub. */
    @Test
    void what_is_active_survives_a_kill_and_what_is_published_meanwhile_is_there_afterwards(@TempDir Path other)
            throws Exception {
        try (EmbeddedBroker broker = broker(other);
                var mortal = new HubProcess(
                        other,
                        List.of(
                                new Adapters(other, PARTIES).setting(),
                                "--hub.standalone.simulation.enabled=false",
                                "--hub.broker.url=" + broker.url(),
                                "--hub.broker.user=hub-000",
                                "--hub.broker.password=demo"))) {
            int port = URI.create(broker.url()).getPort();
            try (var platform = new JmsCaller(Protocol.CORE, port, "netw-250")) {
                await("the hub's subscription").atMost(SOON).until(() -> {
                    platform.publish(TOPIC, platform.text(raised("before")));
                    return mortal.get("/api/alarms").contains("before");
                });
                platform.publish(TOPIC, platform.text(cleared("over")));
                platform.publish(TOPIC, platform.text(raised("behind")));
                await().atMost(SOON).until(() -> mortal.get("/api/alarms").contains("behind"));
                mortal.kill();
                platform.publish(TOPIC, platform.text(raised("over")));
                platform.publish(TOPIC, platform.text(raised("meanwhile over CORE")));
            }
            try (var platform = new JmsCaller(Protocol.AMQP, port, "netw-250")) {
                platform.publish(TOPIC, platform.text(raised("meanwhile over AMQP")));
            }
            mortal.startAgain();

            assertThat(mortal.get("/api/alarms")).contains("before", "behind");
            await().atMost(SOON).untilAsserted(() -> assertThat(mortal.get("/api/alarms"))
                    .contains("meanwhile over CORE", "meanwhile over AMQP"));
            assertThat(mortal.get("/api/alarms"))
                    .as("cleared before it was raised")
                    .doesNotContain("over\"");
        }
    }

    private static EmbeddedBroker broker(Path folder) throws IOException {
        int port = FreePort.any();
        return EmbeddedBroker.start(
                folder.resolve("outside"),
                port,
                Directories.of(PARTIES),
                TOPIC,
                (user, password) -> password.equals("demo"));
    }
}
