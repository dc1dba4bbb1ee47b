package org.relayhub.adapter.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.validation.Valid;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextFactoryProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.FreePort;
import org.relayhub.security.TestAuthority;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.validation.annotation.Validated;

/** A broker with TLS that asks for a certificate, and what the hub's client believes and shows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerTlsTest {

    private final Path folder;
    private final TestAuthority authority;
    private final TestAuthority stranger;
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final int port = FreePort.any();

    BrokerTlsTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        authority = new TestAuthority(Files.createDirectory(folder.resolve("authority")))
                .sign("broker", "CN=broker", "san=ip:127.0.0.1")
                .sign("hub", "CN=hub-000");
        stranger = new TestAuthority(Files.createDirectory(folder.resolve("stranger"))).sign("hub", "CN=hub-000");
        show(authority);
        believe(authority);
        broker.setConfiguration(new ConfigurationImpl()
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .addAcceptorConfiguration(
                        "tls",
                        "tcp://127.0.0.1:" + port
                                + "?sslEnabled=true;needClientAuth=true;protocols=CORE;keyStoreType=PEM;keyStorePath="
                                + pair(authority, "broker", "broker.pem") + ";trustStoreType=PEMCA;trustStorePath="
                                + authority.certificates("ca")));
        broker.start();
    }

    @AfterAll
    void stop() throws Exception {
        broker.stop();
    }

    /** A key and its certificates in one file, as Artemis reads them. */
    private Path pair(TestAuthority of, String alias, String file) throws Exception {
        return Files.writeString(
                folder.resolve(file),
                Files.readString(of.privateKey(alias)) + Files.readString(of.certificates(alias)));
    }

    private void show(TestAuthority whose) throws Exception {
        pair(whose, "hub", "hub.pem");
    }

    private void believe(TestAuthority whom) throws Exception {
        Files.writeString(folder.resolve("broker-ca.crt"), Files.readString(whom.certificates("ca")));
    }

    private String url() {
        return "tcp://127.0.0.1:" + port + "?sslEnabled=true&trustStoreType=PEMCA&trustStorePath="
                + folder.resolve("broker-ca.crt") + "&keyStoreType=PEM&keyStorePath=" + folder.resolve("hub.pem");
    }

    private static void connect(ActiveMQConnectionFactory factory) throws JMSException {
        try (Connection connection = factory.createConnection()) {
            connection.start();
        }
    }

    @Test
    void the_next_connection_shows_and_believes_what_is_in_the_files_then() throws Exception {
        try (ActiveMQConnectionFactory hub =
                new JmsConfiguration().brokerConnections(new BrokerSettings(url(), "hub-000", "own"))) {
            connect(hub);

            believe(stranger);
            assertThatThrownBy(() -> connect(hub)).isInstanceOf(JMSException.class);

            believe(authority);
            connect(hub);

            show(stranger);
            assertThatThrownBy(() -> connect(hub)).isInstanceOf(JMSException.class);

            show(authority);
            assertThatCode(() -> connect(hub)).doesNotThrowAnyException();
        }
        assertThat(SSLContextFactoryProvider.getSSLContextFactory()).isInstanceOf(UncachedTls.class);
    }

    @Validated
    @ConfigurationProperties(prefix = "hub", ignoreUnknownFields = false)
    record Hub(@NestedConfigurationProperty @Valid BrokerSettings broker) {}

    @EnableConfigurationProperties(Hub.class)
    static class Settings {}

    @ParameterizedTest
    @CsvSource({
        "tcp://broker.example:61616, true",
        "tcp://broker.example:61617?sslEnabled=true, true",
        "tcp://broker.example:61617?sslEnabled=true&verifyHost=true&trustAll=false, true",
        "tcp://broker.example:61617?sslEnabled=true&trustAll=true, false",
        "tcp://broker.example:61617?trustAll=TRUE;sslEnabled=true, false",
        "'(tcp://a:61617?sslEnabled=true&verifyHost=false,tcp://b:61617)', false",
        "tcp://broker.example:61617?sslEnabled=true&verifyHost=false, false",
        "tcp://broker.example:61617?sslEnabled=true&trustStorePath=/no/such/file.pem, false",
        "tcp://broker.example:61617?sslEnabled=true&keyStorePath=/no/such/file.pem, false"
    })
    void an_url_that_switches_off_what_TLS_is_for_or_names_no_file_stops_the_start(String url, boolean taken) {
        new ApplicationContextRunner()
                .withUserConfiguration(Settings.class)
                .withPropertyValues("hub.broker.url=" + url)
                .run(context -> assertThat(context.getStartupFailure() == null).isEqualTo(taken));
    }
}
