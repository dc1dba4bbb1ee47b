package org.relayhub.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.qpid.proton.amqp.Binary;
import org.apache.qpid.proton.amqp.Decimal64;
import org.apache.qpid.proton.amqp.Symbol;
import org.apache.qpid.proton.amqp.UnknownDescribedType;
import org.apache.qpid.proton.amqp.UnsignedInteger;
import org.apache.qpid.proton.amqp.UnsignedLong;
import org.apache.qpid.proton.amqp.messaging.AmqpSequence;
import org.apache.qpid.proton.amqp.messaging.AmqpValue;
import org.apache.qpid.proton.amqp.messaging.ApplicationProperties;
import org.apache.qpid.proton.amqp.messaging.Footer;
import org.apache.qpid.proton.amqp.messaging.MessageAnnotations;
import org.apache.qpid.proton.message.Message;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.FreePort;
import org.relayhub.JmsCaller;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.RawAmqp;
import org.relayhub.directory.Directories;

/** What a party may send over AMQP, seen from the client of CORE that reads it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadableByCoreTest {

    private static final String IN = "hub.in.CRM-250";
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String LARGE = "x".repeat(200_000);

    private final int port = FreePort.any();
    private final EmbeddedBroker broker;

    ReadableByCoreTest(@TempDir Path folder) throws IOException {
        broker = EmbeddedBroker.start(
                folder,
                port,
                Directories.of("parties: {CRM-250: {transport: jms}}"),
                "",
                (user, password) -> password.equals("demo"));
    }

    @AfterAll
    void stop() throws Exception {
        broker.close();
    }

    static Stream<Named<Message>> unreadable() {
        return Stream.of(
                message("a timestamp", property("sent", new Date())),
                message("a UUID", property("trace", UUID.randomUUID())),
                message("a UUID of a large message", property("trace", UUID.randomUUID()), body(LARGE)),
                message("a list", property("k", List.of("a"))),
                message("a map", property("k", Map.of("a", "b"))),
                message("an array", property("k", new String[] {"a"})),
                message("a type of its own", property("k", new UnknownDescribedType(Symbol.valueOf("x:y"), "z"))),
                message("the group as bytes", property("_AMQ_GROUP_ID", new Binary(new byte[] {1}))),
                message("the type as bytes", property("JMSType", new Binary(new byte[] {1}))),
                message("where to answer as bytes", property("JMSReplyTo", new Binary(new byte[] {1}))),
                message("a compressed body that is none", property("_AMQ_LARGE_COMPRESSED", true)),
                message("a sign of the client's own", property("_hornetq.forced.delivery.seq", "x")),
                message("a body of a list with a number", body(List.of(UnsignedInteger.ONE))),
                message("a body of a map with a decimal", body(Map.of("k", new Decimal64(1)))),
                message("a body of a map with a map", body(Map.of("k", Map.of("a", "b")))),
                message("a body of a map with a number for a name", body(Map.of(1, "v"))),
                message(
                        "a sequence with a UUID",
                        message -> message.setBody(new AmqpSequence(List.of(UUID.randomUUID())))),
                message("a time of delivery that is none", annotation("x-opt-delivery-time", "tomorrow")),
                message("a delay that is none", annotation("x-opt-delivery-delay", UUID.randomUUID())),
                message("a time of arrival that is none", annotation("x-opt-ingress-time", "yesterday")));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void what_CORE_has_no_type_for_is_refused_and_what_comes_behind_it_is_read(Message message) throws Exception {
        try (JmsCaller crm = as(Protocol.AMQP, "crm-250")) {
            assertThatExceptionOfType(JMSRuntimeException.class)
                    .isThrownBy(() -> crm.send(IN, RawAmqp.of(message)))
                    .withMessageContaining("CORE has no type for");
            crm.send(IN, crm.text("behind it"));
        }

        assertThat(arrived("behind it")).isEqualTo(1);
    }

    static Stream<Named<Message>> readable() {
        return Stream.of(
                message("numbers", property("k", UnsignedLong.valueOf(-1))),
                message("bytes", property("k", new Binary(new byte[] {1}))),
                message("a large one", property("k", "v"), body(LARGE)),
                message("UUIDs for ids", message -> {
                    message.setMessageId(UUID.randomUUID());
                    message.setCorrelationId(UUID.randomUUID());
                }),
                message("numbers for ids", message -> {
                    message.setMessageId(UnsignedLong.valueOf(-1));
                    message.setCorrelationId(UnsignedLong.valueOf(-1));
                }),
                message("bytes for ids", message -> {
                    message.setMessageId(new Binary(new byte[] {1}));
                    message.setCorrelationId(new Binary(new byte[] {1}));
                }),
                message("the longest life", message -> message.setTtl(UnsignedInteger.MAX_VALUE.longValue())),
                message("an annotation", annotation("x-opt-k", new Date())),
                message("a footer", message -> message.setFooter(new Footer(Map.of(Symbol.valueOf("k"), new Date())))));
    }

    @ParameterizedTest
    @MethodSource("readable")
    void everything_else_comes(Message message) throws Exception {
        try (JmsCaller crm = as(Protocol.AMQP, "crm-250")) {
            crm.send(IN, RawAmqp.of(message));
            crm.send(IN, crm.text("behind it"));
        }

        assertThat(arrived("behind it")).isEqualTo(2);
    }

    @Test
    void a_transaction_with_such_a_message_is_undone_as_a_whole() throws Exception {
        try (JmsCaller crm = as(Protocol.AMQP, "crm-250")) {
            JMSContext transacted = crm.session().createContext(JMSContext.SESSION_TRANSACTED);
            transacted.createProducer().send(crm.queue(IN), transacted.createTextMessage("with it"));
            assertThatExceptionOfType(JMSRuntimeException.class).isThrownBy(() -> {
                Message refused =
                        message("refused", property("sent", new Date())).getPayload();
                transacted.createProducer().send(crm.queue(IN), RawAmqp.of(refused));
                transacted.commit();
            });
            crm.send(IN, crm.text("behind it"));
        }

        assertThat(arrived("behind it")).isEqualTo(1);
    }

    private JmsCaller as(Protocol protocol, String user) {
        return new JmsCaller(protocol, port, user);
    }

    /** How many messages the hub reads until one comes. */
    private int arrived(String last) throws Exception {
        List<String> texts = new ArrayList<>();
        try (JmsCaller hub = as(Protocol.CORE, "hub-000");
                JMSConsumer consumer = hub.session().createConsumer(hub.queue(IN))) {
            do {
                TextMessage next = (TextMessage) consumer.receive(SOON.toMillis());
                texts.add(Objects.requireNonNull(next).getText());
            } while (!texts.contains(last));
        }
        return texts.size();
    }

    @SafeVarargs
    private static Named<Message> message(String name, Consumer<Message>... parts) {
        Message message = Message.Factory.create();
        message.setAddress(IN);
        message.setBody(new AmqpValue("a document"));
        for (Consumer<Message> part : parts) {
            part.accept(message);
        }
        return Named.of(name, message);
    }

    private static Consumer<Message> body(Object value) {
        return message -> message.setBody(new AmqpValue(value));
    }

    private static Consumer<Message> property(String name, Object value) {
        return message ->
                message.setApplicationProperties(new ApplicationProperties(new HashMap<>(Map.of(name, value))));
    }

    private static Consumer<Message> annotation(String name, Object value) {
        return message -> message.setMessageAnnotations(
                new MessageAnnotations(new HashMap<>(Map.of(Symbol.valueOf(name), value))));
    }
}
