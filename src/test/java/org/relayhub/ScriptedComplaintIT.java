package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.REPROCESS;
import static org.relayhub.message.Activity.RETURN;
import static org.relayhub.message.Activity.URGE;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.message.Activity;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.DocumentWriter;

/**
 * One complaint, with everything that can befall it, for a province of each transport: what the hub tells of it
 * afterwards is the same. The tier-1 system speaks SOAP, so that each is a mixed case too.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ScriptedComplaintIT {

    private static final Party CSVC = Party.of("CSVC-000");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RecordingPeer csvc = new RecordingPeer(RecordingPeer.Transport.SOAP);
    private final RecordingPeer soap = new RecordingPeer(RecordingPeer.Transport.SOAP);
    private final RecordingPeer multipart = new RecordingPeer(RecordingPeer.Transport.MULTIPART);
    private final Map<String, Long> seen = new LinkedHashMap<>();
    private final Map<String, List<String>> stories = new LinkedHashMap<>();
    private final HubProcess hub;

    ScriptedComplaintIT(@TempDir Path folder) throws IOException {
        var adapters = new Adapters(folder, """
                parties:
                  CSVC-000: {address: '%s'}
                  CRM-100: {address: '%s'}
                  CRM-250: {transport: jms}
                  CRM-431: {transport: jms}
                  CRM-571: {transport: multipart, address: '%s'}
                """.formatted(csvc.address(), soap.address(), multipart.address()));
        hub = new HubProcess(folder, List.of(adapters.setting(), "--hub.standalone.simulation.enabled=false"));
    }

    @AfterAll
    void stop() {
        hub.close();
        Stream.of(csvc, soap, multipart).forEach(RecordingPeer::close);
    }

    /** A province's CRM: how it sends, and how it gets what is sent to it. */
    private interface Province extends AutoCloseable {

        SoapCaller.Reply send(String document) throws Exception;

        /** Waits for a document of an activity about a ticket, and answers it. */
        void await(String ticket, Activity activity) throws Exception;

        @Override
        void close();
    }

    private final class HttpProvince implements Province {

        private final RecordingPeer peer;
        private final boolean form;
        private final String user;

        HttpProvince(RecordingPeer peer, boolean form, String user) {
            this.peer = peer;
            this.form = form;
            this.user = user;
        }

        @Override
        public SoapCaller.Reply send(String document) throws Exception {
            return form
                    ? new MultipartCaller(hub.port()).send(user, document)
                    : new SoapCaller(hub.port()).send(user, document);
        }

        @Override
        public void await(String ticket, Activity activity) {
            arrived(peer, ticket, activity);
        }

        @Override
        public void close() {
            // The peer is there for all.
        }
    }

    private final class JmsProvince implements Province {

        private final JmsCaller caller;
        private final String party;
        private final DocumentReader reader =
                new DocumentReader(new DocumentSchema(Messages.SCHEMAS), Clock.systemUTC());

        JmsProvince(JmsCaller.Protocol protocol, Party party) {
            this.caller = new JmsCaller(protocol, hub.brokerPort(), party.user());
            this.party = party.toString();
        }

        @Override
        public SoapCaller.Reply send(String document) throws Exception {
            return caller.request("hub.in." + party, document);
        }

        @Override
        public void await(String ticket, Activity activity) throws Exception {
            TextMessage came = caller.receive("hub.out." + party, PATIENCE);
            assertThat(came).as(activity + " for " + party).isNotNull();
            InterBossDocument document = reader.read(came.getText());
            assertThat(document.requireBody().get("IndictSeq")).isEqualTo(ticket);
            assertThat(document.header().activityCode())
                    .isEqualTo(Messages.CODES.of(activity).activityCode());
            Header answer = document.header().answered(party + "1", "20261122100000");
            caller.send(
                    "hub.in." + party,
                    caller.text(new DocumentWriter()
                            .write(InterBossDocument.of(answer, new Response("0", "0000", "success"), null))));
        }

        @Override
        public void close() {
            caller.close();
        }
    }

    private void arrived(RecordingPeer peer, String ticket, Activity activity) {
        String code = Messages.CODES.of(activity).activityCode();
        long before = seen.getOrDefault(peer + ticket + code, 0L);
        await(activity + " of " + ticket).atMost(PATIENCE).until(() -> count(peer, ticket, code) > before);
        seen.put(peer + ticket + code, before + 1);
    }

    private static long count(RecordingPeer peer, String ticket, String code) {
        return peer.arrivals().stream()
                .filter(arrival -> arrival.indictSeq().equals(ticket)
                        && arrival.activityCode().equals(code))
                .count();
    }

    private Province province(String name, Party crm) {
        return switch (name) {
            case "SOAP" -> new HttpProvince(soap, false, crm.user());
            case "multipart" -> new HttpProvince(multipart, true, crm.user());
            case "JMS over CORE" -> new JmsProvince(JmsCaller.Protocol.CORE, crm);
            case "JMS over AMQP" -> new JmsProvince(JmsCaller.Protocol.AMQP, crm);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Stream<List<String>> provinces() {
        return Stream.of(
                List.of("SOAP", "CRM-100"),
                List.of("JMS over CORE", "CRM-250"),
                List.of("JMS over AMQP", "CRM-431"),
                List.of("multipart", "CRM-571"));
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("provinces")
    void a_complaint_passes_with_all_that_can_befall_it(List<String> transport) throws Exception {
        Party crm = Party.of(transport.get(1));
        String ticket = "20261122CSVC" + crm.node() + "0000001";
        try (Province province = province(transport.get(0), crm)) {
            down(province, crm, ticket, DISPATCH, "原来的内容");
            down(province, crm, ticket, COMMENT, "补充");
            down(province, crm, ticket, URGE, "催办");
            up(province, crm, ticket, RETURN);
            down(province, crm, ticket, DISPATCH, "改过的内容");
            up(province, crm, ticket, REPLY);
            down(province, crm, ticket, REPROCESS, "不满意");
            up(province, crm, ticket, REPLY);
            down(province, crm, ticket, ARCHIVE, "满意");
        }

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(story(ticket, crm)).hasSize(18).allSatisfy(line -> assertThat(line)
                        .contains("0000 success 成功")));
        stories.put(transport.get(0), story(ticket, crm));
        JsonNode leg = ticket(ticket).path("legs").path(0);
        assertThat(List.of(
                        leg.path("state").asText(),
                        leg.path("round").asInt(),
                        leg.path("urges").asInt()))
                .isEqualTo(List.of("ARCHIVED", 2, 1));
    }

    private void down(Province province, Party crm, String ticket, Activity activity, String text) throws Exception {
        String document = Messages.message(activity, crm, CSVC, ticket, Messages.transIdo(crm), text)
                .canonical();
        SoapCaller.Reply reply = province.send(document);
        assertThat(reply.code()).as(activity + ": " + reply.body()).isEqualTo("0000");
        arrived(csvc, ticket, activity);
        settled(ticket, crm);
    }

    private void up(Province province, Party crm, String ticket, Activity activity) throws Exception {
        String document = Messages.message(activity, CSVC, crm, ticket).canonical();
        assertThat(new SoapCaller(hub.port()).send("csvc-000", document).code()).isEqualTo("0000");
        province.await(ticket, activity);
        settled(ticket, crm);
    }

    /** The next step of the script comes after this one, in the story too. */
    private void settled(String ticket, Party crm) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(story(ticket, crm))
                .allSatisfy(line -> assertThat(line).endsWith("0000 success 成功")));
    }

    @Order(2)
    @Test
    void the_stories_are_the_same() {
        assertThat(stories).hasSize(4);
        List<String> first = stories.get("SOAP");
        assertThat(stories).allSatisfy((transport, story) -> assertThat(story).isEqualTo(first));
    }

    private JsonNode ticket(String indictSeq) throws Exception {
        return hub.json("/api/tickets/" + indictSeq);
    }

    /** The story without times and serials, and the province called as such. */
    private List<String> story(String ticket, Party crm) throws Exception {
        List<String> story = new ArrayList<>();
        for (JsonNode line : ticket(ticket).path("story")) {
            story.add(String.join(
                            " ",
                            line.path("direction").asText(),
                            line.path("from").asText(),
                            line.path("to").asText(),
                            line.path("activity").asText(),
                            line.path("result").asText())
                    .replace(crm.toString(), "PROVINCE"));
        }
        return story;
    }
}
