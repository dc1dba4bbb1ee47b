package org.relayhub.standalone.sftp;

import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_OK;
import static org.apache.sshd.sftp.common.SftpConstants.SSH_FX_PERMISSION_DENIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.relayhub.standalone.sftp.RequestForms.OPEN;
import static org.relayhub.standalone.sftp.RequestForms.READ;
import static org.relayhub.standalone.sftp.RequestForms.WRITE;
import static org.relayhub.standalone.sftp.RequestForms.open;
import static org.relayhub.standalone.sftp.RequestForms.parts;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.FreePort;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;

/** Who comes in at the SFTP server that the hub brings, and how far, by trying with the client that the hub uses. */
class EmbeddedSftpLoginTest {

    private static final long LONGEST = 1_000_000;

    private final Directory directory = Directories.of("""
            parties: {CRM-250: {}, CRM-100: {}, SIMS-250: {}, SIMS-000: {}, BOSS-250: {}, CRM-200: {enabled: false}}
            """);
    private final Path data;
    private final EmbeddedSftp server;
    private final SftpClients clients;

    EmbeddedSftpLoginTest(@TempDir Path data) throws IOException {
        this.data = data;
        this.server = start();
        this.clients = new SftpClients(server);
    }

    private EmbeddedSftp start() throws IOException {
        return EmbeddedSftp.start(
                data,
                data.resolve("sftp-keys"),
                FreePort.any(),
                LONGEST,
                directory,
                (user, password) -> password.equals("demo"));
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
    }

    private static void put(ChannelSftp visitor, String name, String text) throws SftpException {
        visitor.put(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), name);
    }

    private interface Attempt {
        void make() throws SftpException;
    }

    private static void denied(Attempt attempt) {
        assertThatExceptionOfType(SftpException.class)
                .isThrownBy(attempt::make)
                .satisfies(refusal -> assertThat(refusal.id).isEqualTo(ChannelSftp.SSH_FX_PERMISSION_DENIED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crm-200",
                "boss-250",
                "crm-999",
                "CRM-250",
                "admin",
                "operator",
                "hub-000",
                "sp-801234",
                "sp-9012345",
                "sp-90123",
                "root",
                "../crm-250",
                "",
                "crm-250\n"
            })
    void nobody_else_comes_in(String user) {
        assertThatExceptionOfType(JSchException.class).isThrownBy(() -> clients.session(user, "demo"));
        assertThat(data.resolve("sftp").toFile().list()).containsExactly("SIMS-000");
    }

    @Test
    void wrong_passwords_are_turned_away_and_after_five_the_right_one_too() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThatExceptionOfType(JSchException.class).isThrownBy(() -> clients.session("crm-250", "wrong"));
        }
        clients.session("crm-250", "demo");
        for (int i = 0; i < 5; i++) {
            assertThatExceptionOfType(JSchException.class).isThrownBy(() -> clients.session("crm-250", "wrong"));
        }
        assertThatExceptionOfType(JSchException.class).isThrownBy(() -> clients.session("crm-250", "demo"));
        clients.session("crm-100", "demo");
        for (int i = 0; i < 9; i++) {
            assertThatExceptionOfType(JSchException.class).isThrownBy(() -> clients.session("hub-000", "wrong"));
        }
        clients.session("hub-000", server.hubPassword());
    }

    @Test
    void a_user_has_eight_sessions_and_the_others_go_on() throws Exception {
        for (int i = 0; i < 8; i++) {
            clients.as("crm-250");
        }
        assertThatExceptionOfType(JSchException.class).isThrownBy(() -> clients.as("crm-250"));
        for (int i = 0; i < 10; i++) {
            clients.as("hub-000");
        }
        clients.as("crm-100");
    }

    @Test
    void there_is_no_shell_no_command_and_no_forwarding() throws Exception {
        Session session = clients.session("crm-250", "demo");
        var shell = (ChannelShell) session.openChannel("shell");
        assertThatExceptionOfType(JSchException.class)
                .isThrownBy(() -> shell.connect(5_000))
                .withMessageNotContaining("timeout");
        for (String command : new String[] {"id", "scp -t /upload", "sftp", "internal-sftp"}) {
            var exec = (ChannelExec) session.openChannel("exec");
            exec.setCommand(command);
            assertThatExceptionOfType(JSchException.class)
                    .isThrownBy(() -> exec.connect(5_000))
                    .withMessageNotContaining("timeout");
        }
        var subsystem = (com.jcraft.jsch.ChannelSubsystem) session.openChannel("subsystem");
        subsystem.setSubsystem("netconf");
        assertThatExceptionOfType(JSchException.class).isThrownBy(() -> subsystem.connect(5_000));
        assertThatExceptionOfType(JSchException.class).isThrownBy(() -> session.setPortForwardingR(0, "127.0.0.1", 22));

        try (var behind = new ServerSocket(0)) {
            int port = session.setPortForwardingL(0, "127.0.0.1", behind.getLocalPort());
            try (var through = new Socket("127.0.0.1", port)) {
                through.getOutputStream().write(1);
                behind.setSoTimeout(1_000);
                assertThatExceptionOfType(java.net.SocketTimeoutException.class).isThrownBy(behind::accept);
            }
        }
    }

    @Test
    void who_is_taken_out_of_the_directory_may_do_nothing_more_and_who_is_new_may_come() throws Exception {
        ChannelSftp sender = clients.as("crm-250");
        put(sender, "upload/a.txt", "x");
        try (SftpRequests going = new SftpRequests(clients.session("crm-250", "demo"), 3)) {
            byte[] writing = going.ask(OPEN, open(3, "/upload/c.txt", 0, 2 | 8)).handle();
            byte[] reading = going.ask(OPEN, open(3, "/upload/a.txt", 0, 1)).handle();
            Directories.change(directory, "parties: {CRM-100: {}, CRM-311: {}}");
            assertThat(going.ask(WRITE, parts().string(writing).longer(0).string("x"))
                            .status())
                    .as("through what is open")
                    .isEqualTo(SSH_FX_PERMISSION_DENIED);
            assertThat(going.ask(READ, parts().string(reading).longer(0).number(1))
                            .status())
                    .isEqualTo(SSH_FX_PERMISSION_DENIED);
        }
        assertThat(data.resolve("sftp/CRM-250/upload/c.txt")).isEmptyFile();

        denied(() -> sender.get("upload/a.txt"));
        denied(() -> put(sender, "upload/b.txt", "x"));
        assertThatExceptionOfType(JSchException.class).isThrownBy(() -> clients.as("crm-250"));
        assertThat(data.resolve("sftp/CRM-311")).doesNotExist();
        put(clients.as("crm-311"), "upload/a.txt", "x");
        assertThat(data.resolve("sftp/CRM-311/upload/a.txt")).exists();
        assertThat(data.resolve("sftp/CRM-250/upload/a.txt")).exists();
    }

    @Test
    void what_the_hub_has_moved_away_is_not_written_through_a_handle_that_is_still_open() throws Exception {
        Path upload = data.resolve("sftp/CRM-250/upload");
        try (SftpRequests sender = new SftpRequests(clients.session("crm-250", "demo"), 3)) {
            byte[] handle = sender.ask(OPEN, open(3, "/upload/a.txt", 0, 2 | 8)).handle();
            assertThat(write(sender, handle, 0, "first")).isEqualTo(SSH_FX_OK);
            Path done = Files.move(upload.resolve("a.txt"), upload.resolveSibling("done/a.txt"));
            assertThat(write(sender, handle, 0, "other")).isEqualTo(SSH_FX_PERMISSION_DENIED);

            byte[] next = sender.ask(OPEN, open(3, "/upload/a.txt", 0, 2 | 8)).handle();
            assertThat(write(sender, handle, 0, "other")).isEqualTo(SSH_FX_PERMISSION_DENIED);
            assertThat(write(sender, next, 0, "third")).isEqualTo(SSH_FX_OK);
            assertThat(done).hasContent("first");
            assertThat(upload.resolve("a.txt")).hasContent("third");
        }
    }

    private static int write(SftpRequests sender, byte[] handle, long offset, String text) throws Exception {
        return sender.ask(WRITE, parts().string(handle).longer(offset).string(text))
                .status();
    }

    @Test
    void the_host_key_stays_the_same_and_is_for_its_owner_only() throws Exception {
        String line = Files.readString(server.knownHosts());
        assertThat(line).startsWith("[127.0.0.1]:" + server.port() + " ecdsa-sha2-nistp256 ");
        assertThat(Files.getPosixFilePermissions(data.resolve("sftp-host-key")))
                .containsExactlyInAnyOrder(
                        java.nio.file.attribute.PosixFilePermission.OWNER_READ,
                        java.nio.file.attribute.PosixFilePermission.OWNER_WRITE);
        try (EmbeddedSftp again = start()) {
            assertThat(Files.readString(again.knownHosts()).split(" ")[2]).isEqualTo(line.split(" ")[2]);
        }
    }

    @Test
    void a_broken_host_key_stops_the_start() throws Exception {
        Files.writeString(data.resolve("sftp-host-key"), "no key");
        assertThatExceptionOfType(IOException.class).isThrownBy(this::start);
        assertThat(data.resolve("sftp-host-key")).hasContent("no key");
    }

    @Test
    void it_ends_though_a_client_goes_on_writing() throws Exception {
        ChannelSftp sender = clients.as("crm-250");
        sender.put("upload/a.txt").write(new byte[10_000]);
        server.close();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !sender.isConnected());
    }
}
