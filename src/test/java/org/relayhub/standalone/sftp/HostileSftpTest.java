package org.relayhub.standalone.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.standalone.sftp.RequestForms.BLOCK;
import static org.relayhub.standalone.sftp.RequestForms.CLOSE;
import static org.relayhub.standalone.sftp.RequestForms.EXTENDED;
import static org.relayhub.standalone.sftp.RequestForms.FSETSTAT;
import static org.relayhub.standalone.sftp.RequestForms.OPEN;
import static org.relayhub.standalone.sftp.RequestForms.OPENDIR;
import static org.relayhub.standalone.sftp.RequestForms.READDIR;
import static org.relayhub.standalone.sftp.RequestForms.SETSTAT;
import static org.relayhub.standalone.sftp.RequestForms.WRITE;
import static org.relayhub.standalone.sftp.RequestForms.changes;
import static org.relayhub.standalone.sftp.RequestForms.changesOf;
import static org.relayhub.standalone.sftp.RequestForms.open;
import static org.relayhub.standalone.sftp.RequestForms.openings;
import static org.relayhub.standalone.sftp.RequestForms.parts;
import static org.relayhub.standalone.sftp.RequestForms.size;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.FreePort;
import org.relayhub.SftpRoots;
import org.relayhub.directory.Directories;
import org.relayhub.standalone.sftp.RequestForms.Request;
import org.relayhub.standalone.sftp.SftpRequests.Parts;
import org.relayhub.standalone.sftp.SftpRequests.Reply;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * A partner that may log in and then asks for what no client offers: every request of SFTP, of each version, about files
 * that are not its own. All of it is refused with a status, changes nothing, and leaves no line in the hub's log.
 */
@ExtendWith(OutputCaptureExtension.class)
class HostileSftpTest {

    /** What a thread of the JDK's own may say when the server of the test before is stopped while a client hangs up. */
    private static final Pattern A_STOP = Pattern.compile(
            "Exception in thread \"Thread-[0-9]+\" java\\.lang\\.IllegalStateException: Executor has been shut down\\R(\\tat .*\\R)*");

    private static final int END_OF_FILE = 1;
    private static final int NO_SUCH_FILE = 2;
    private static final int UNSUPPORTED = 8;

    private static final long LONGEST = 10_000;

    /** What is there and not for crm-250 to change. */
    private static final String[] NOT_ITS_OWN = {
        "/receipts/a.ack",
        "/done/a.txt",
        "/receipts/new",
        "/new",
        "/",
        "/receipts",
        "/upload",
        "/upload/sub/new",
        "../CRM-100/upload/theirs.txt",
        "/../CRM-100/upload/new",
        "/etc/passwd",
        "../../secret",
        "upload/../receipts/a.ack",
        "/upload/../../CRM-100/upload/theirs.txt",
        "/upload/a b",
        "/upload/new\0",
        "/upload/\\..\\x",
        "//receipts//a.ack"
    };

    private final Path data;
    private final EmbeddedSftp server;
    private final SftpClients clients;

    HostileSftpTest(@TempDir Path data) throws IOException {
        this.data = data;
        server = EmbeddedSftp.start(
                data,
                data.resolve("sftp-keys"),
                FreePort.any(),
                LONGEST,
                Directories.of("parties: {CRM-250: {}, CRM-100: {}}"),
                (user, password) -> password.equals("demo"));
        clients = new SftpClients(server);
    }

    @BeforeAll
    static void logAsTheHub() throws IOException {
        LoggingSystem logging = LoggingSystem.get(HostileSftpTest.class.getClassLoader());
        new YAMLMapper()
                .readTree(Path.of("src/main/resources/application.yaml").toFile())
                .at("/logging/level")
                .fields()
                .forEachRemaining(level -> logging.setLogLevel(
                        level.getKey(), LogLevel.valueOf(level.getValue().asText())));
    }

    @BeforeEach
    void files() throws IOException {
        Files.writeString(data.resolve("secret"), "secret");
        for (String file : new String[] {"CRM-250/receipts/a.ack", "CRM-250/done/a.txt", "CRM-100/upload/theirs.txt"}) {
            SftpRoots.make(data.resolve("sftp"), file.split("/")[0]);
            Files.writeString(data.resolve("sftp").resolve(file), "content of " + file);
        }
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
    }

    private SftpRequests partner(int version) throws Exception {
        return new SftpRequests(clients.session("crm-250", "demo"), version);
    }

    /** What is in all roots and beside them, but for what the partner may change. */
    private Map<String, String> others() throws IOException {
        var found = new TreeMap<String, String>();
        try (Stream<Path> paths = Files.walk(data)) {
            for (Path path : paths.toList()) {
                if (!path.startsWith(data.resolve("sftp/CRM-250/upload/"))
                        || path.equals(data.resolve("sftp/CRM-250/upload"))) {
                    found.put(
                            path.toString(),
                            Files.isRegularFile(path)
                                    ? Files.readString(path)
                                            + Files.getLastModifiedTime(path)
                                            + Files.getPosixFilePermissions(path)
                                    : "folder" + Files.getPosixFilePermissions(path));
                }
            }
        }
        return found;
    }

    private void refused(String what, Reply reply) {
        assertThat(reply.type()).as(what).isEqualTo(SftpRequests.STATUS);
        assertThat(reply.status()).as(what).isPositive();
        assertThat(reply.sentence())
                .as(what)
                .isNotBlank()
                .doesNotContain(data.toString(), "Exception", "org.", "java.");
    }

    private static void isQuiet(CapturedOutput log) {
        assertThat(said(log)).isEmpty();
    }

    /** The lines of the server that the test has started, but for the one that it begins with. */
    private static List<String> said(CapturedOutput log) {
        return A_STOP.matcher(log.getAll())
                .replaceAll("")
                .lines()
                .filter(line -> !line.contains("SFTP ready on"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6})
    void nothing_but_its_own_uploads_is_changed_by_any_request(int version, CapturedOutput log) throws Exception {
        Path upload = data.resolve("sftp/CRM-250/upload");
        Files.writeString(upload.resolve("mine.txt"), "mine");
        Map<String, String> before = others();
        try (SftpRequests partner = partner(version)) {
            for (String path : NOT_ITS_OWN) {
                // To read is another matter; there the file must stay as it is.
                for (Parts opening : openings(version, path)) {
                    Reply reply = partner.ask(OPEN, opening);
                    if (reply.type() == SftpRequests.HANDLE) {
                        byte[] handle = reply.handle();
                        refused(
                                "write " + path,
                                partner.ask(
                                        WRITE, parts().string(handle).longer(0).string("forged")));
                        for (Parts change : changes(version, () -> parts().string(handle))) {
                            refused("fsetstat " + path, partner.ask(FSETSTAT, change));
                        }
                        partner.ask(CLOSE, parts().string(handle));
                    } else {
                        refused("open " + path, reply);
                    }
                }
                for (Request request : changesOf(version, path, "/upload/mine.txt")) {
                    refused(request.name() + " " + path, partner.ask(request.type(), request.parts()));
                }
            }
        }
        assertThat(others()).isEqualTo(before);
        assertThat(upload.toFile().list()).containsExactly("mine.txt");
        assertThat(upload.resolve("mine.txt")).hasContent("mine");
        isQuiet(log);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hardlink@openssh.com",
                "copy-file",
                "copy-data",
                "statvfs@openssh.com",
                "fstatvfs@openssh.com",
                "lsetstat@openssh.com",
                "expand-path@openssh.com",
                "home-directory",
                "users-groups-by-id@openssh.com",
                "md5-hash",
                "md5-hash-handle",
                "check-file-name",
                "check-file-handle",
                "space-available",
                "text-seek",
                "version-select",
                "vendor-id",
                "",
                "no such extension",
                "\0\n"
            })
    void an_extension_that_nobody_needs_is_not_there(String extension, CapturedOutput log) throws Exception {
        try (SftpRequests partner = partner(3)) {
            Reply reply = partner.ask(
                    EXTENDED,
                    parts().string(extension)
                            .string("/upload/x")
                            .string("/upload/y")
                            .longer(0));
            assertThat(reply.status()).isEqualTo(UNSUPPORTED);
            refused(extension, reply);
            assertThat(partner.ask(OPENDIR, parts().string("/upload")).type()).isEqualTo(SftpRequests.HANDLE);
        }
        isQuiet(log);
    }

    @ParameterizedTest
    @ValueSource(longs = {LONGEST, LONGEST + 1, Long.MAX_VALUE, Long.MAX_VALUE - 3, Long.MIN_VALUE, -1, 1L << 40})
    void no_file_becomes_longer_than_it_may(long offset, CapturedOutput log) throws Exception {
        for (int flags : new int[] {2 | 8, 2 | 4 | 8}) {
            try (SftpRequests partner = partner(3)) {
                byte[] handle =
                        partner.ask(OPEN, open(3, "/upload/a.txt", 0, flags)).handle();
                partner.ask(WRITE, parts().string(handle).longer(offset).string("content"));
                partner.ask(FSETSTAT, size(3, parts().string(handle), offset));
                partner.ask(SETSTAT, size(3, parts().string("/upload/a.txt"), offset));
                partner.ask(CLOSE, parts().string(handle));
            }
            assertThat(Files.size(data.resolve("sftp/CRM-250/upload/a.txt"))).isLessThanOrEqualTo(LONGEST);
        }
        isQuiet(log);
    }

    @Test
    void a_handle_is_one_channels_only_and_no_path(CapturedOutput log) throws Exception {
        Session session = clients.session("crm-250", "demo");
        try (var one = new SftpRequests(session, 3);
                var other = new SftpRequests(session, 3)) {
            byte[] handle = one.ask(OPEN, open(3, "/upload/a.txt", 0, 2 | 8)).handle();
            refused(
                    "another's",
                    other.ask(WRITE, parts().string(handle).longer(0).string("x")));
            refused(
                    "a path",
                    other.ask(WRITE, parts().string("/upload/a.txt").longer(0).string("x")));
            refused(
                    "a block",
                    one.ask(BLOCK, parts().string(handle).longer(0).longer(1).number(0x80)));
            refused("an empty one", one.ask(CLOSE, parts().string("")));
            assertThat(one.ask(OPEN, open(3, "/receipts/none", 0, 1)).status()).isEqualTo(NO_SUCH_FILE);
        }
        isQuiet(log);
    }

    @Test
    void a_channel_has_no_more_files_open_than_it_may(CapturedOutput log) throws Exception {
        try (SftpRequests partner = partner(3)) {
            int opened = 0;
            Reply reply = partner.ask(OPEN, open(3, "/receipts/a.ack", 0, 1));
            while (reply.type() == SftpRequests.HANDLE && opened++ < 1_000) {
                reply = partner.ask(OPEN, open(3, "/receipts/a.ack", 0, 1));
            }
            assertThat(opened).isEqualTo(64);
            refused("one more", reply);
        }
        isQuiet(log);
    }

    @Test
    void bytes_that_are_no_request_end_at_most_the_connection(CapturedOutput log) throws Exception {
        Map<String, String> before = others();
        var random = new Random(20_250);
        SftpRequests bystander = partner(3);
        for (int i = 0; i < 60; i++) {
            byte[] bytes = new byte[4 + random.nextInt(200)];
            random.nextBytes(bytes);
            if (i % 3 > 0) {
                // A length and a kind that are believed, and parts that are not what they should be.
                bytes[0] = 0;
                bytes[1] = 0;
                bytes[2] = 0;
                bytes[3] = (byte) (bytes.length - 4);
                if (bytes.length > 4) {
                    bytes[4] = (byte) (i % 3 == 1 ? 3 + random.nextInt(21) : 200);
                }
            }
            // More bytes for a channel that the server has closed are the end of the connection, so each has its own.
            Session session = clients.session("crm-250", "demo");
            try (var partner = new SftpRequests(session, 3 + random.nextInt(4))) {
                partner.send(bytes);
                partner.send(new byte[] {0, 0, 0, 0, -1, -1, -1, -1, 127, -1, -1, -1});
            } catch (IOException | JSchException ended) {
                assertThat(ended).as("the server has ended it").isNotNull();
            } finally {
                session.disconnect();
            }
        }
        for (String line : new String[] {"GET / HTTP/1.1\r\n\r\n", "SSH-1.5-old\r\n", "\0".repeat(10_000)}) {
            try (var stranger = new Socket(server.host(), server.port())) {
                stranger.setSoTimeout(10_000);
                stranger.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
                stranger.getOutputStream().flush();
                assertThat(new String(stranger.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .as("what a stranger reads until the server hangs up")
                        .doesNotContain("Exception", "org.", "java.");
            } catch (SocketException hungUp) {
                assertThat(hungUp).hasMessageContaining("reset");
            }
        }
        for (SftpRequests partner : List.of(bystander, partner(3))) {
            assertThat(partner.ask(OPENDIR, parts().string("/upload")).type()).isEqualTo(SftpRequests.HANDLE);
        }
        assertThat(others()).isEqualTo(before);
        isQuiet(log);
    }

    @Test
    void a_list_goes_on_though_files_of_it_are_moved_away(CapturedOutput log) throws Exception {
        Path upload = data.resolve("sftp/CRM-250/upload");
        for (int i = 0; i < 300; i++) {
            Files.writeString(upload.resolve("SPQ_250_201209_%03d.txt".formatted(i)), "x");
        }
        try (SftpRequests partner = partner(3)) {
            byte[] handle = partner.ask(OPENDIR, parts().string("/upload")).handle();
            assertThat(partner.ask(READDIR, parts().string(handle)).type()).isEqualTo(SftpRequests.NAMES);
            for (int i = 0; i < 299; i++) {
                Files.delete(upload.resolve("SPQ_250_201209_%03d.txt".formatted(i)));
            }
            Reply reply = partner.ask(READDIR, parts().string(handle));
            int parts = 1;
            while (reply.type() == SftpRequests.NAMES) {
                reply = partner.ask(READDIR, parts().string(handle));
                parts++;
            }
            assertThat(parts).isGreaterThan(1);
            assertThat(reply.status()).isEqualTo(END_OF_FILE);
        }
        isQuiet(log);
    }

    @Test
    void failed_logins_are_said_in_one_line(CapturedOutput log) throws Exception {
        for (String user : new String[] {"crm-250", "hub-000", "nobody", "sp-900001", "../../etc/passwd", "a\nb"}) {
            for (int i = 0; i < (user.equals("crm-250") || user.equals("sp-900001") ? 7 : 1); i++) {
                try {
                    clients.session(user, user.equals("hub-000") ? "demo" : "wrong");
                    throw new AssertionError(user + " came in");
                } catch (JSchException turnedAway) {
                    assertThat(turnedAway).hasMessageContaining("Auth");
                }
            }
        }
        await().during(Duration.ofMillis(300)).until(() -> true);
        List<String> lines = said(log);
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line)
                .contains("Security event: 5 failed SFTP logins"));
        assertThat(lines)
                .satisfiesExactlyInAnyOrder(line -> assertThat(line).contains("crm-250"), line -> assertThat(line)
                        .contains("sp-900001"));
    }
}
