package org.relayhub.adapter.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.JMSContext;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.relayhub.FreePort;
import org.relayhub.JmsCaller;
import org.relayhub.JmsCaller.Protocol;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.diagnosis.alarm.AlarmIntake;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;
import org.relayhub.standalone.broker.EmbeddedBroker;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The route of the alarms with its Kamelet, between a real broker and a real database, either of which may go away. */
class AlarmRouteTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration AT_ONCE = Duration.ofMillis(500);
    private static final String TOPIC = "network.alarms";
    private static final String SUBSCRIPTION = "hub-alarms";
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Directory directory = Directories.of("parties: {NETW-250: {}}");
    private final Path folder;
    private final int port;
    private final JdbcClient server = TestDatabase.empty().client();
    private final String name = "alarms_" + DATABASES.incrementAndGet();
    private final HikariDataSource database;
    private EmbeddedBroker broker;

    AlarmRouteTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        port = FreePort.any();
        // One of its own, which can be closed.
        server.sql("create database " + name).update();
        database = new HikariDataSource();
        database.setJdbcUrl(((HikariDataSource) TestDatabase.empty().dataSource())
                .getJdbcUrl()
                .replace("/postgres?", "/" + name + "?"));
        database.setConnectionTimeout(250);
        database.setMetricRegistry(new SimpleMeterRegistry());
        Flyway.configure()
                .dataSource(database)
                .locations("filesystem:" + Path.of("schemas/database").toAbsolutePath())
                .load()
                .migrate();
        broker = start();
        try (JMSContext session = as("hub-000").session()) {
            session.createSharedDurableConsumer(session.createTopic(TOPIC), SUBSCRIPTION);
        }
    }

    private EmbeddedBroker start() throws IOException {
        return EmbeddedBroker.start(folder, port, directory, TOPIC, (user, password) -> password.equals("demo"));
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
        database.close();
        server.sql("drop database " + name + " with (force)").update();
    }

    /** As much of a hub as an alarm comes by. */
    private final class Hub implements AutoCloseable {

        private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        private final DefaultCamelContext camel = new DefaultCamelContext();
        private final JmsPoolConnectionFactory pool;

        Hub() throws Exception {
            var settings = new BrokerSettings("tcp://127.0.0.1:" + port, "hub-000", "demo");
            var jms = new JmsConfiguration();
            var connections = jms.brokerConnections(settings);
            pool = jms.pooledBrokerConnections(connections);
            pool.start();
            camel.addComponent("jms", jms.jms(connections, pool));
            var kamelets = new KameletComponent();
            kamelets.setLocation("file:adapters/");
            camel.addComponent("kamelet", kamelets);
            Clock clock = Clock.systemUTC();
            var book = new AlarmBook(JdbcClient.create(database), Duration.ofDays(7));
            camel.getRegistry().bind("alarmIntake", new AlarmIntake(book, meters, clock));
            camel.getRegistry()
                    .bind(
                            "alarmsInbound",
                            jms.alarmsInbound(Messages.SCHEMAS, clock, directory, new FailedMessages(meters)));
            for (String file : new String[] {"errors", "alarms"}) {
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(PluginHelper.getResourceLoader(camel)
                                .resolveResource("file:routes/" + file + ".camel.yaml"));
            }
            camel.start();
            new AlarmDoor(settings, TOPIC).afterApplicationStart(camel);
        }

        double received() {
            return meters.find("hub.alarms.received").counters().stream()
                    .mapToDouble(io.micrometer.core.instrument.Counter::count)
                    .sum();
        }

        @Override
        public void close() throws IOException {
            camel.close();
            pool.stop();
        }
    }

    private JmsCaller as(String user) {
        return new JmsCaller(Protocol.CORE, port, user);
    }

    private void raise(String id) {
        try (JmsCaller platform = as("netw-250")) {
            platform.publish(TOPIC, platform.text(alarm(id)));
        }
    }

    private static String alarm(String id) {
        return "<Alarm xmlns=\"urn:relay-hub:interboss:1\"><AlarmId>" + id + "</AlarmId><NODE>250</NODE>"
                + "<LineNo>L1</LineNo><Severity>MAJOR</Severity><RaisedTime>2026-11-22 09:30:00</RaisedTime></Alarm>";
    }

    private long booked() {
        return JdbcClient.create(database)
                .sql("select count(*) from alarm")
                .query(Long.class)
                .single();
    }

    private long waiting(String queue, String user) {
        try (JmsCaller caller = as(user)) {
            return caller.receive(queue, AT_ONCE) == null ? 0 : 1;
        }
    }

    @Test
    void hubs_share_one_subscription_and_each_alarm_is_taken_once() throws Exception {
        try (var one = new Hub();
                var other = new Hub()) {
            for (int i = 0; i < 40; i++) {
                raise("A" + i);
            }

            await().atMost(SOON).until(() -> booked() == 40);
            assertThat(one.received() + other.received()).isEqualTo(40);
            assertThat(one.received()).as("both take some").isBetween(1.0, 39.0);
        }
    }

    @Test
    void an_alarm_stays_with_the_broker_as_long_as_the_database_is_away() throws Exception {
        try (var hub = new Hub()) {
            raise("before");
            await().atMost(SOON).until(() -> booked() == 1);
            server.sql("alter database " + name + " allow_connections false").update();
            server.sql("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'")
                    .query()
                    .listOfRows();
            raise("meanwhile");
            // More often than what fails for another reason is tried.
            await().atMost(SOON).until(() -> timeouts() > 6);

            server.sql("alter database " + name + " allow_connections true").update();

            await().atMost(SOON).ignoreExceptions().until(() -> booked() == 2);
            assertThat(waiting("hub.invalid", "admin")).isZero();
        }
    }

    private double timeouts() {
        var meters = (SimpleMeterRegistry) Objects.requireNonNull(database.getMetricRegistry());
        return meters.get("hikaricp.connections.timeout").counter().count();
    }

    @Test
    void an_alarm_that_fails_for_another_reason_is_set_aside_in_the_end() throws Exception {
        try (var hub = new Hub();
                JmsCaller admin = as("admin")) {
            JdbcClient.create(database).sql("alter table alarm rename to moved").update();
            raise("A1");

            TextMessage aside = Objects.requireNonNull(admin.receive("hub.invalid", SOON));
            assertThat(aside.getText()).contains("A1");
            assertThat(aside.getStringProperty("hubReason")).startsWith("the hub failed 5 times");
            assertThat(aside.getStringProperty("hubQueue")).isEqualTo(TOPIC);
            assertThat(hub.meters
                            .get("hub.jms.invalid")
                            .tag("party", "NETW-*")
                            .counter()
                            .count())
                    .isEqualTo(1);
            JdbcClient.create(database).sql("alter table moved rename to alarm").update();
            raise("A2");
            await("what comes behind it").atMost(SOON).until(() -> booked() == 1);
        }
    }

    @Test
    void a_broker_that_is_down_delays_no_start_and_the_subscription_comes_back_with_it() throws Exception {
        broker.close();
        long began = System.nanoTime();
        try (var hub = new Hub()) {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            broker = start();
            raise("A1");
            await().atMost(SOON).until(() -> booked() == 1);

            broker.close();
            broker = start();
            raise("A2");
            await().atMost(SOON).until(() -> booked() == 2);
            assertThat(hub.received()).as("perhaps again, never less").isGreaterThanOrEqualTo(2);
        }
    }
}
