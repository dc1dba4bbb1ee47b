package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.FreePort;
import org.relayhub.HubProcess;
import org.relayhub.ProductionHub;
import org.relayhub.Programs;
import org.relayhub.SftpRoots;
import org.relayhub.TestDatabase;
import org.relayhub.spquality.file.FileName;

/** A hub whose SFTP server is OpenSSH's, with a key of the hub's own. Skipped where {@code sshd} is not in the path. */
class OpenSshServerIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final YearMonth MONTH =
            YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1);
    private static final String RECORD = "901234|掌上灵通|%d|02088886666|13800138000|10|10|0|0|1.0";

    private final Path folder;
    private final Path roots;
    private final int port = FreePort.any();

    OpenSshServerIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        roots = folder.resolve("roots");
        SftpRoots.make(roots, "CRM-250");
        Files.createDirectories(roots.resolve("SIMS-000/inbound"));
        Files.createDirectories(roots.resolve("SIMS-000/outbound"));
    }

    private Process server() throws Exception {
        for (String key : List.of("host", "hub")) {
            Programs.makeKey(folder.resolve(key));
        }
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub")));
        Path settings = Files.writeString(
                folder.resolve("sshd_config"), """
                ListenAddress 127.0.0.1
                Port %d
                HostKey %s
                PidFile none
                AuthorizedKeysFile %s
                PasswordAuthentication no
                StrictModes no
                PermitRootLogin yes
                Subsystem sftp internal-sftp
                ForceCommand internal-sftp
                """.formatted(port, folder.resolve("host"), folder.resolve("hub.pub")));
        return new ProcessBuilder(String.valueOf(Programs.find("sshd")), "-D", "-e", "-f", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile())
                .start();
    }

    private void drop(String name, byte[] content) throws IOException {
        SpFiles.drop(roots.resolve("CRM-250"), name, content, SpFiles.sha256(content));
    }

    private List<String> names(String part) throws IOException {
        try (Stream<Path> files = Files.list(roots.resolve("CRM-250").resolve(part))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void files_are_taken_and_receipts_left_there() throws Exception {
        Programs.require("sshd", "ssh-keygen");
        Process server = server();
        try (HubProcess hub = ProductionHub.start(
                folder.resolve("hub-at-openssh"),
                TestDatabase.empty(),
                "--hub.sftp.poll-every=500ms",
                "--hub.sftp.parties.address=127.0.0.1:" + port,
                "--hub.sftp.parties.user=" + System.getProperty("user.name"),
                "--hub.sftp.parties.private-key=" + folder.resolve("hub"),
                "--hub.sftp.parties.known-hosts=" + folder.resolve("known_hosts"),
                "--hub.sftp.parties.folder=" + roots)) {
            String right = "SPQ_250_" + FileName.shown(MONTH) + "_001.txt";
            String wrong = "SPQ_250_" + FileName.shown(MONTH) + "_002.txt";
            Path link = Files.createSymbolicLink(roots.resolve("CRM-250/upload/link.txt"), folder.resolve("hub"));
            drop(wrong, "no header\n".getBytes(StandardCharsets.UTF_8));
            drop(right, SpFiles.quality(right, "GB18030", RECORD.formatted(1), RECORD.formatted(2)));

            await("see " + hub.log()).atMost(SOON).untilAsserted(() -> {
                assertThat(names("receipts")).contains(right + ".ack", wrong + ".err");
                assertThat(names("done")).containsExactly(right, right + ".sha256");
                assertThat(names("refused")).hasSize(2);
            });
            assertThat(Files.readString(roots.resolve("CRM-250/receipts/" + right + ".ack")))
                    .startsWith("A|" + right + "|");
            assertThat(link).isSymbolicLink();
            assertThat(names("upload")).containsExactly("link.txt");

            // Once more, over the receipt that is there: it is replaced in one step.
            drop(wrong, "no header either\n".getBytes(StandardCharsets.UTF_8));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(names("refused")).hasSize(4));
            assertThat(Files.readString(hub.log().toPath())).doesNotContain(" ERROR ", " WARN ");
        } finally {
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }
}
