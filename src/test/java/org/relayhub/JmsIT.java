package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import jakarta.jms.BytesMessage;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.apache.qpid.jms.message.JmsTextMessage;
import org.apache.qpid.jms.provider.amqp.message.AmqpJmsTextMessageFacade;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.relayhub.message.codec.DocumentWriter;

/** The doors for JMS, as parties find them over CORE and over AMQP 1.0, at the broker that the hub brings. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JmsIT {

    /** The thread that lays a trap, and does not fall into it. */
    private static final String SETTING_IT = "setting the trap";

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String IN = "hub.in.CRM-250";
    private static final String OUT = "hub.out.CRM-250";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final AtomicInteger TICKETS = new AtomicInteger();

    private final RecordingPeer csvc = new RecordingPeer();
    private final HubProcess hub;

    JmsIT(@TempDir Path folder) throws IOException {
        var adapters = new Adapters(folder, """
                parties:
                  CRM-250: {transport: jms}
                  CRM-100: {transport: jms}
                  SIMS-000: {transport: jms, timeout: 4s}
                  CSVC-000: {address: '%s'}
                """.formatted(csvc.address()));
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
    }

    /** What an earlier test has left there is none of the next one's. */
    @BeforeEach
    void emptyQueues() {
        try (JmsCaller crm = as(Protocol.CORE, "crm-250");
                JmsCaller admin = as(Protocol.CORE, "admin")) {
            crm.drain(OUT);
            admin.drain("hub.invalid");
        }
    }

    private JmsCaller as(Protocol protocol, String user) {
        return new JmsCaller(protocol, hub.brokerPort(), user);
    }

    private static String newTicket() {
        return "20261122CSVC250%07d".formatted(TICKETS.incrementAndGet());
    }

    private static AddressedMessage dispatch() {
        return Messages.message(Activity.DISPATCH, CRM, CSVC, newTicket());
    }

    private List<RecordingPeer.Arrival> atCsvc(String ticket) {
        return csvc.arrivals().stream()
                .filter(arrival -> arrival.indictSeq().equals(ticket))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_document_is_acknowledged_on_JMSReplyTo_and_delivered(Protocol protocol) throws Exception {
        AddressedMessage dispatch = dispatch();
        try (JmsCaller crm = as(protocol, "crm-250")) {
            SoapCaller.Reply reply = crm.request(IN, dispatch.canonical());

            assertThat(reply.code()).isEqualTo("0000");
            await().atMost(SOON)
                    .until(() ->
                            atCsvc(Objects.requireNonNull(dispatch.indictSeq())).size() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void the_same_document_again_has_no_second_effect_and_the_same_answer(Protocol protocol) throws Exception {
        AddressedMessage dispatch = dispatch();
        try (JmsCaller crm = as(protocol, "crm-250")) {
            SoapCaller.Reply first = crm.request(IN, dispatch.canonical());
            SoapCaller.Reply second = crm.request(IN, dispatch.canonical());
            String ticket = Objects.requireNonNull(dispatch.indictSeq());
            crm.request(
                    IN, Messages.message(Activity.COMMENT, CRM, CSVC, ticket).canonical());

            assertThat(second.code()).isEqualTo("0000");
            assertThat(second.transIdh()).isEqualTo(first.transIdh());
            await().atMost(SOON).untilAsserted(() -> assertThat(atCsvc(ticket))
                    .as("what comes behind it has come, and it once")
                    .extracting(RecordingPeer.Arrival::activityCode)
                    .containsExactly("T2002081", "T2002083"));
            assertThat(crm.request(IN, dispatch.canonical().replace("内容", "别的")).code())
                    .isEqualTo("0103");
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void what_is_sent_as_bytes_is_read_as_UTF_8(Protocol protocol) throws Exception {
        AddressedMessage dispatch = dispatch();
        try (JmsCaller crm = as(protocol, "crm-250")) {
            BytesMessage bytes = crm.session().createBytesMessage();
            bytes.writeBytes(dispatch.canonical().getBytes(StandardCharsets.UTF_8));
            crm.send(IN, bytes);

            await().atMost(SOON)
                    .until(() ->
                            atCsvc(Objects.requireNonNull(dispatch.indictSeq())).size() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void without_JMSReplyTo_a_refusal_goes_to_the_partys_queue_and_an_acceptance_nowhere(Protocol protocol)
            throws Exception {
        AddressedMessage urge = Messages.message(Activity.URGE, CRM, CSVC, newTicket());
        try (JmsCaller crm = as(protocol, "crm-250")) {
            crm.send(IN, crm.text(dispatch().canonical()));
            TextMessage refused = crm.text(urge.canonical());
            crm.send(IN, refused);

            TextMessage refusal = Objects.requireNonNull(crm.receive(OUT, SOON));
            assertThat(refusal.getText()).contains("<RspCode>2901</RspCode>", urge.transIdo());
            assertThat(refusal.getJMSCorrelationID()).isEqualTo(refused.getJMSMessageID());
            assertThat(crm.receive(OUT, AT_ONCE)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void an_answer_names_the_requests_correlation_id_where_it_has_one(Protocol protocol) throws Exception {
        try (JmsCaller crm = as(protocol, "crm-250")) {
            TextMessage refused = crm.text(
                    Messages.message(Activity.URGE, CRM, CSVC, newTicket()).canonical());
            refused.setJMSCorrelationID("order-4711");
            crm.send(IN, refused);

            assertThat(Objects.requireNonNull(crm.receive(OUT, SOON)).getJMSCorrelationID())
                    .isEqualTo("order-4711");
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_message_that_cannot_be_read_is_set_aside_with_the_reason_and_counted(Protocol protocol) throws Exception {
        double before = invalid();
        try (JmsCaller crm = as(protocol, "crm-250");
                JmsCaller admin = as(Protocol.CORE, "admin")) {
            crm.send(IN, crm.text("<InterBOSS"));
            crm.send(IN, crm.session().createMapMessage());
            crm.send(IN, crm.text("x".repeat(2 * 1024 * 1024)));
            crm.send(IN, crm.text(dispatch().canonical()));

            await().atMost(SOON).until(() -> invalid() >= before + 3);
            assertThat(crm.request(IN, dispatch().canonical()).code())
                    .as("what comes behind them")
                    .isEqualTo("0000");
            TextMessage first = Objects.requireNonNull(admin.receive("hub.invalid", SOON));
            assertThat(first.getText()).isEqualTo("<InterBOSS");
            assertThat(first.getStringProperty("hubReason")).startsWith("the XML is not well formed");
            assertThat(first.getStringProperty("hubQueue")).isEqualTo(IN);
        }
    }

    /** Leaves a file where it is made out of bytes again. */
    private record Trap(String file) implements Serializable {

        private static final long serialVersionUID = 1L;

        Trap {
            if (!Thread.currentThread().getName().equals(SETTING_IT)) {
                try {
                    Files.createFile(Path.of(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void an_object_of_java_is_set_aside_and_never_made(Protocol protocol, @TempDir Path folder) throws Exception {
        double before = invalid();
        try (JmsCaller crm = as(protocol, "crm-250")) {
            String own = Thread.currentThread().getName();
            Thread.currentThread().setName(SETTING_IT);
            var trap = new Trap(folder.resolve("made").toString());
            Thread.currentThread().setName(own);

            crm.send(IN, crm.session().createObjectMessage(trap));

            await().atMost(SOON).until(() -> invalid() > before);
            assertThat(crm.request(IN, dispatch().canonical()).code()).isEqualTo("0000");
        }
        assertThat(folder.resolve("made")).doesNotExist();
    }

    @Test
    void a_message_that_the_hub_could_not_be_given_is_refused_and_what_comes_behind_it_is_answered() throws Exception {
        try (JmsCaller crm = as(Protocol.AMQP, "crm-250")) {
            for (Object value : new Object[] {new Date(), UUID.randomUUID()}) {
                var message = (JmsTextMessage) crm.text(dispatch().canonical());
                ((AmqpJmsTextMessageFacade) message.getFacade()).setApplicationProperty("of-its-own", value);
                assertThatExceptionOfType(JMSRuntimeException.class).isThrownBy(() -> crm.send(IN, message));

                assertThat(crm.request(IN, dispatch().canonical()).code()).isEqualTo("0000");
            }
            assertThat(Files.readString(hub.log().toPath()))
                    .containsPattern("(?s)(A message of crm-250 was refused at the broker.*){2}")
                    .doesNotContain("of-its-own", "\tat ");
        }
    }

    private double invalid() throws Exception {
        String metrics = hub.get("/actuator/prometheus");
        var found = Pattern.compile("hub_jms_invalid_total\\{[^}]*party=\"CRM-250\"[^}]*} ([0-9.]+)")
                .matcher(metrics);
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_document_in_anothers_name_is_0118(Protocol protocol) throws Exception {
        String others = Messages.message(Activity.DISPATCH, Party.of("CRM-100"), CSVC, "20261122CSVC1000000001")
                .canonical();
        try (JmsCaller crm = as(protocol, "crm-250")) {
            assertThat(crm.request(IN, others).code()).isEqualTo("0118");
        }
    }

    @Test
    void messages_without_an_id_are_all_answered() throws Exception {
        try (JmsCaller crm = as(Protocol.CORE, "crm-250")) {
            for (int i = 0; i < 8; i++) {
                TextMessage message = crm.text(
                        Messages.message(Activity.URGE, CRM, CSVC, newTicket()).canonical());
                crm.session().createProducer().setDisableMessageID(true).send(crm.queue(IN), message);
                assertThat(crm.receive(OUT, SOON)).as("refusal " + i).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void an_answer_is_not_sent_to_another_partys_queue(Protocol protocol) throws Exception {
        AddressedMessage dispatch = dispatch();
        try (JmsCaller crm = as(protocol, "crm-250");
                JmsCaller other = as(Protocol.CORE, "crm-100")) {
            double before = invalid();
            TextMessage message = crm.text(dispatch.canonical());
            message.setJMSReplyTo(crm.queue("hub.out.CRM-100"));
            crm.send(IN, message);

            await().atMost(SOON).until(() -> invalid() > before);
            assertThat(other.receive("hub.out.CRM-100", AT_ONCE)).isNull();
            assertThat(atCsvc(Objects.requireNonNull(dispatch.indictSeq()))).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void an_answer_that_has_nowhere_to_go_keeps_nobody_waiting(Protocol protocol) throws Exception {
        AddressedMessage dispatch = dispatch();
        try (JmsCaller crm = as(protocol, "crm-250")) {
            TextMessage message = crm.text(dispatch.canonical());
            message.setJMSReplyTo(crm.queue("there.is.no.such.queue"));
            crm.send(IN, message);

            assertThat(crm.request(IN, dispatch().canonical()).code()).isEqualTo("0000");
            await().atMost(SOON)
                    .until(() ->
                            atCsvc(Objects.requireNonNull(dispatch.indictSeq())).size() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_party_is_sent_documents_on_its_queue(Protocol protocol) throws Exception {
        AddressedMessage dispatch = dispatch();
        String ticket = Objects.requireNonNull(dispatch.indictSeq());
        try (JmsCaller crm = as(protocol, "crm-250")) {
            crm.request(IN, dispatch.canonical());
            AddressedMessage comment = Messages.message(Activity.COMMENT, CSVC, CRM, ticket);
            new SoapCaller(hub.port()).send("csvc-000", comment.canonical());

            assertThat(Objects.requireNonNull(crm.receive(OUT, SOON)).getText())
                    .contains(comment.transIdo(), "<TransIDC>HUB");
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_question_is_answered_on_the_JMSReplyTo_that_the_hub_sets(Protocol protocol) throws Exception {
        String ticket = newTicket();
        Party sims = Party.of("SIMS-000");
        new SoapCaller(hub.port())
                .send(
                        "crm-250",
                        Messages.message(Activity.DISPATCH, CRM, CSVC, ticket).canonical());
        new SoapCaller(hub.port())
                .send(
                        "csvc-000",
                        Messages.message(Activity.DISPATCH, CSVC, sims, ticket).canonical());
        AddressedMessage query = Messages.message(Activity.QUERY, sims, CSVC, ticket);
        try (JmsCaller caller = as(protocol, "sims-000")) {
            assertThat(Objects.requireNonNull(caller.receive("hub.out.SIMS-000", SOON))
                            .getText())
                    .contains("<DispatchReq");
            csvc.answering(arrival -> arrival.activityCode().equals("T2002087") ? "2902" : "0000");
            SoapCaller.Reply reply = caller.request("hub.in.SIMS-000", query.canonical());

            assertThat(reply.code()).as("the home party's own answer").isEqualTo("2902");
            assertThat(reply.transIdh()).startsWith("PEER");
        } finally {
            csvc.answering(arrival -> "0000");
        }
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void a_refusal_that_a_party_sends_later_counts_as_if_it_had_come_at_once(Protocol protocol) throws Exception {
        String ticket = newTicket();
        AddressedMessage dispatch = Messages.message(Activity.DISPATCH, CRM, CSVC, ticket);
        AddressedMessage onward = Messages.message(Activity.DISPATCH, CSVC, Party.of("SIMS-000"), ticket);
        new SoapCaller(hub.port()).send("crm-250", dispatch.canonical());
        new SoapCaller(hub.port()).send("csvc-000", onward.canonical());
        try (JmsCaller sims = as(protocol, "sims-000")) {
            TextMessage came = Objects.requireNonNull(sims.receive("hub.out.SIMS-000", SOON));
            assertThat(came.getText()).contains(onward.transIdo());
            sims.send("hub.in.SIMS-000", sims.text(answer(onward, "4002", "SvcTypeId: not handled here")));

            await().atMost(SOON).untilAsserted(() -> assertThat(atCsvc(ticket))
                    .extracting(RecordingPeer.Arrival::activityCode)
                    .contains("T2002086"));
            assertThat(atCsvc(ticket).get(atCsvc(ticket).size() - 1).wire()).contains("[4002] SvcTypeId");
        }
    }

    @Test
    void an_answer_that_asks_for_another_try_is_followed_by_one() throws Exception {
        String ticket = newTicket();
        AddressedMessage dispatch = Messages.message(Activity.DISPATCH, CRM, CSVC, ticket);
        AddressedMessage onward = Messages.message(Activity.DISPATCH, CSVC, Party.of("SIMS-000"), ticket);
        new SoapCaller(hub.port()).send("crm-250", dispatch.canonical());
        new SoapCaller(hub.port()).send("csvc-000", onward.canonical());
        try (JmsCaller sims = as(Protocol.CORE, "sims-000")) {
            assertThat(Objects.requireNonNull(sims.receive("hub.out.SIMS-000", SOON))
                            .getText())
                    .contains(onward.transIdo());
            sims.send("hub.in.SIMS-000", sims.text(answer(onward, "0113", "")));

            assertThat(Objects.requireNonNull(sims.receive("hub.out.SIMS-000", SOON))
                            .getText())
                    .contains(onward.transIdo());
        }
    }

    @Test
    void an_acceptance_that_a_party_sends_later_is_recorded() throws Exception {
        AddressedMessage dispatch = dispatch();
        String ticket = Objects.requireNonNull(dispatch.indictSeq());
        try (JmsCaller crm = as(Protocol.CORE, "crm-250")) {
            crm.request(IN, dispatch.canonical());
            AddressedMessage comment = Messages.message(Activity.COMMENT, CSVC, CRM, ticket);
            new SoapCaller(hub.port()).send("csvc-000", comment.canonical());
            assertThat(Objects.requireNonNull(crm.receive(OUT, SOON)).getText()).contains(comment.transIdo());
            await().atMost(SOON).untilAsserted(() -> assertThat(hub.get("/api/tickets/" + ticket))
                    .contains("delivered: 0000 success 成功 (stored by the broker)"));
            crm.send(IN, crm.text(answer(comment, "0000", "success")));

            await().atMost(SOON).untilAsserted(() -> assertThat(hub.get("/api/tickets/" + ticket))
                    .contains("SIMS0000001")
                    .doesNotContain("stored by the broker"));
        }
    }

    @Test
    void an_answer_to_nothing_is_set_aside() throws Exception {
        double before = invalid();
        try (JmsCaller crm = as(Protocol.CORE, "crm-250")) {
            crm.send(IN, crm.text(answer(dispatch(), "0000", "")));

            await().atMost(SOON).until(() -> invalid() > before);
        }
    }

    private static String answer(AddressedMessage request, String code, String description) {
        Header header = request.document().header().answered("SIMS0000001", "20261122100000");
        String type = code.equals("0000") ? "0" : code.startsWith("0") ? "1" : "2";
        return new DocumentWriter().write(InterBossDocument.of(header, new Response(type, code, description), null));
    }
}
