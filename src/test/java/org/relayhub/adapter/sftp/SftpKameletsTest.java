package org.relayhub.adapter.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.FreePort;
import org.relayhub.SftpRoots;
import org.relayhub.directory.Directories;
import org.relayhub.standalone.sftp.EmbeddedSftp;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The SFTP Kamelets, between a route and a real server. */
@ExtendWith(OutputCaptureExtension.class)
class SftpKameletsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Path data;
    private final int port;
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private EmbeddedSftp server;

    SftpKameletsTest(@TempDir Path data) throws IOException {
        this.data = data;
        port = FreePort.any();
        server = startServer();
        SftpRoots.make(data.resolve("sftp"), "CRM-250");
        SftpRoots.make(data.resolve("sftp"), "CRM-100");
    }

    /** What the hub's own log leaves out is part of what is tested. */
    @BeforeAll
    static void logAsTheHub() throws IOException {
        var settings = new YAMLMapper()
                .readTree(Path.of("src/main/resources/application.yaml").toFile());
        LoggingSystem logging = LoggingSystem.get(SftpKameletsTest.class.getClassLoader());
        settings.at("/logging/level")
                .fields()
                .forEachRemaining(level -> logging.setLogLevel(
                        level.getKey(), LogLevel.valueOf(level.getValue().asText())));
    }

    private EmbeddedSftp startServer() throws IOException {
        return EmbeddedSftp.start(
                data,
                data.resolve("sftp-keys"),
                port,
                Long.MAX_VALUE,
                Directories.of("parties: {CRM-250: {}, CRM-100: {}, SIMS-000: {}}"),
                (user, password) -> password.equals("demo"));
    }

    /** As the hub would log in: with the password of CRM-250 where the hub's changes with a restart of the server. */
    private void connect(String user, String password, Path knownHosts) throws Exception {
        var settings = new SftpSettings(
                Duration.ofMillis(500),
                new SftpSettings.Server("127.0.0.1:" + port, user, password, null, null, knownHosts.toFile(), null),
                new SftpSettings.Server(null, null, null, null, null, null, null));
        var servers = new SftpServers(settings, null);
        camel.getPropertiesComponent().addInitialProperty("camel.kamelet.location", "file:adapters");
        camel.getPropertiesComponent().addInitialProperty("hub.name", "hub-1");
        camel.getRegistry().bind("sftp-parties", new SftpServerComponent(servers, "parties", settings.pollEvery()));
        camel.getRegistry().bind("sftp-sims", new SftpServerComponent(servers, "sims", settings.pollEvery()));
        camel.getRegistry().bind("sftpPolls", new SftpPolls());
        camel.getRegistry().bind("sftpOutbound", new SftpOutbound());
        camel.getComponent("kamelet", org.apache.camel.component.kamelet.KameletComponent.class)
                .setLocation("file:adapters");
        camel.start();
    }

    private void connectAsHub() throws Exception {
        connect("hub-000", server.hubPassword(), server.knownHosts());
    }

    private interface Steps {
        void of(RouteBuilder routes);
    }

    private void route(Steps steps) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                steps.of(this);
            }
        });
    }

    private void take(String kamelet) throws Exception {
        route(routes -> routes.from(kamelet)
                .process(file -> taken.add(file.getIn().getHeader(Exchange.FILE_NAME) + "="
                        + file.getIn().getBody(String.class))));
    }

    private void write(String name, Object body) {
        camel.createProducerTemplate().sendBodyAndHeader("direct:write", body, Exchange.FILE_NAME, name);
    }

    private Path drop(String name, String text) throws IOException {
        return Files.writeString(data.resolve("sftp").resolve(name), text);
    }

    @AfterEach
    void stop() throws IOException {
        camel.stop();
        server.close();
    }

    @Test
    void files_are_found_in_the_wanted_folders_of_all_roots_by_name() throws Exception {
        drop("CRM-250/upload/b.txt", "2");
        drop("CRM-250/upload/a.txt", "1");
        drop("CRM-250/upload/a.tmp", "x");
        drop("CRM-250/done/c.txt", "x");
        drop("CRM-100/upload/d.txt", "3");
        drop("stray.txt", "x");
        connectAsHub();
        take(
                "kamelet:sftp-inbound?server=parties&recursive=true&minDepth=3&maxDepth=3&noop=false&delete=true"
                        + "&include=.*[.]txt&filterDirectory=RAW(${file:name} regex '[^/]*' || ${file:name} regex '[^/]*/upload')");

        await().atMost(SOON).until(() -> taken.size() == 3);
        assertThat(taken)
                .containsExactlyInAnyOrder(
                        "CRM-250/upload/a.txt=1", "CRM-250/upload/b.txt=2", "CRM-100/upload/d.txt=3");
        assertThat(taken.indexOf("CRM-250/upload/a.txt=1")).isLessThan(taken.indexOf("CRM-250/upload/b.txt=2"));
        await().atMost(SOON).until(() -> Files.notExists(data.resolve("sftp/CRM-250/upload/b.txt")));
        assertThat(data.resolve("sftp/CRM-250/done/c.txt")).exists();
    }

    @Test
    void a_file_stays_if_nothing_else_is_said_and_need_not_be_fetched() throws Exception {
        drop("SIMS-000/outbound/a.ack", "taken");
        connectAsHub();
        route(routes -> routes.from("kamelet:sftp-inbound?server=sims&folder=outbound&download=false")
                .process(file -> taken.add(file.getIn().getHeader(Exchange.FILE_NAME, String.class))));

        await().atMost(SOON).until(() -> taken.size() >= 2);
        assertThat(taken).containsOnly("a.ack");
        assertThat(data.resolve("sftp/SIMS-000/outbound/a.ack")).hasContent("taken");
    }

    @Test
    void fifty_megabytes_pass_as_a_stream() throws Exception {
        Path file = data.resolve("sftp/CRM-250/upload/large");
        byte[] block = new byte[1 << 20];
        try (var out = Files.newOutputStream(file)) {
            for (int i = 0; i < 50; i++) {
                java.util.Arrays.fill(block, (byte) i);
                out.write(block);
            }
        }
        connectAsHub();
        var most = new AtomicLong();
        route(routes -> routes.from("kamelet:sftp-inbound?server=parties&folder=CRM-250/upload&noop=false&delete=true")
                .process(exchange -> {
                    InputStream in = (InputStream) exchange.getIn().getBody();
                    byte[] buffer = new byte[1 << 16];
                    long length = 0;
                    long before = used();
                    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                        assertThat(buffer[0]).isEqualTo((byte) (length >> 20));
                        length += read;
                        if ((length & 0xFFFFFF) < 4096) {
                            most.accumulateAndGet(used() - before, Math::max);
                        }
                    }
                    taken.add("" + length);
                }));

        await().atMost(Duration.ofSeconds(60)).until(() -> taken.contains("" + (50L << 20)));
        assertThat(most.get()).as("bytes held").isLessThan(20L << 20);
    }

    private static long used() {
        System.gc();
        Runtime machine = Runtime.getRuntime();
        return machine.totalMemory() - machine.freeMemory();
    }

    @Test
    void a_file_appears_whole_and_takes_the_place_of_an_old_one() throws Exception {
        connectAsHub();
        route(routes -> routes.from("direct:write").to("kamelet:sftp-outbound?server=parties"));
        Path folder = data.resolve("sftp/CRM-250/receipts");
        drop("CRM-250/receipts/.a.ack.hub-1.part", "what a killed hub has left, and longer");
        byte[] content = new byte[5_000_000];
        var writing = new InputStream() {
            private int sent;

            @Override
            public int read() {
                return sent++ < content.length ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                if (sent > 1_000_000 && sent < 1_100_000) {
                    assertThat(names(folder)).as("while it is written").doesNotContain("a.ack");
                }
                return super.read(bytes, from, length);
            }
        };
        write("CRM-250/receipts/a.ack", writing);
        assertThat(folder.resolve("a.ack")).hasSize(content.length);

        write("CRM-250/receipts/a.ack", "short");
        assertThat(folder.resolve("a.ack")).hasContent("short");
        assertThat(names(folder)).containsExactly("a.ack");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(Path::getFileName).map(Path::toString).toList();
        }
    }

    @Test
    void a_server_that_cannot_replace_has_the_old_file_deleted() throws Exception {
        connectAsHub();
        route(routes ->
                routes.from("direct:write").to("kamelet:sftp-outbound?server=sims&folder=inbound&fileExist=Override"));
        write("a.txt", "one");
        write("a.txt", "two");
        assertThat(data.resolve("sftp/SIMS-000/inbound/a.txt")).hasContent("two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${bean:x}",
                "$simple{body}",
                "a*",
                "a?",
                "[a]",
                "a\\b",
                "../x",
                "a/../b",
                "/etc/x",
                "a//b",
                ".a",
                "a/.b",
                "a b",
                "a/",
                "",
                "ü"
            })
    void a_name_that_is_more_than_a_name_is_not_written(String name) throws Exception {
        connectAsHub();
        route(routes -> routes.from("direct:write").to("kamelet:sftp-outbound?server=parties&folder=CRM-250/receipts"));
        assertThatExceptionOfType(CamelExecutionException.class)
                .isThrownBy(() -> write(name, "x"))
                .withCauseInstanceOf(IllegalArgumentException.class);
        assertThatExceptionOfType(CamelExecutionException.class)
                .isThrownBy(() -> camel.createProducerTemplate().sendBodyAndHeaders("direct:write", "x", Map.of()));
        assertThat(names(data.resolve("sftp/CRM-250/receipts"))).isEmpty();
    }

    @Test
    void a_server_that_goes_and_comes_is_said_once_each(CapturedOutput log) throws Exception {
        connect("crm-250", "demo", server.knownHosts());
        take("kamelet:sftp-inbound?server=parties&folder=upload&noop=false&delete=true");
        drop("CRM-250/upload/a.txt", "1");
        await().atMost(SOON).until(() -> taken.size() == 1);

        server.close();
        await().atMost(SOON).until(() -> log.getOut().contains("is away"));
        Thread.sleep(4_000);
        drop("CRM-250/upload/b.txt", "2");
        server = startServer();

        await().atMost(SOON).until(() -> taken.size() == 2);
        await().atMost(SOON).until(() -> log.getOut().contains(") is back"));
        assertThat(log.getOut().split("is away", -1)).hasSize(2);
        assertThat(log.getOut().split("\\) is back", -1)).hasSize(2);
        assertThat(log.getOut()).doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(taken).containsExactly("a.txt=1", "b.txt=2");
    }

    @Test
    void a_server_with_another_key_is_not_believed_and_that_is_said_once(CapturedOutput log) throws Exception {
        Path wrong = data.resolve("wrong");
        Files.writeString(
                wrong,
                "[127.0.0.1]:" + port
                        + " ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPvuv9Q"
                        + "ghRuxmfzMTq1gmSXDvzDqHuVOUxTXDfjSWFBtgQwGKJOGHT1JFDSYuGQGFBRGOJhP/0bqB7XGuAu9GOY=\n",
                StandardCharsets.US_ASCII);
        connect("hub-000", server.hubPassword(), wrong);
        drop("CRM-250/upload/a.txt", "1");
        take("kamelet:sftp-inbound?server=parties&folder=CRM-250/upload");

        await().atMost(SOON).until(() -> log.getOut().contains("is away"));
        Thread.sleep(4_000);
        assertThat(log.getOut().split("is away", -1)).hasSize(2);
        assertThat(log.getOut()).containsIgnoringCase("HostKey");
        assertThat(taken).isEmpty();
    }

    @Test
    void no_endpoint_shows_who_logs_in_and_by_what() throws Exception {
        connectAsHub();
        take("kamelet:sftp-inbound?server=parties&folder=CRM-250/upload");
        route(routes -> routes.from("direct:write").to("kamelet:sftp-outbound?server=sims&folder=inbound"));

        assertThat(camel.getEndpoints()).anySatisfy(endpoint -> assertThat(endpoint.getEndpointUri())
                .contains("sftp-parties://CRM-250/upload"));
        assertThat(camel.getEndpoints()).allSatisfy(endpoint -> assertThat(endpoint.getEndpointUri())
                .doesNotContain(server.hubPassword())
                .doesNotContain("hub-000"));
    }
}
