package org.relayhub.standalone.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.relayhub.standalone.sftp.RequestForms.OPEN;
import static org.relayhub.standalone.sftp.RequestForms.WRITE;
import static org.relayhub.standalone.sftp.RequestForms.open;
import static org.relayhub.standalone.sftp.RequestForms.parts;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.FreePort;
import org.relayhub.directory.Directories;
import org.relayhub.directory.Directory;

/** Who may do what at the SFTP server that the hub brings, by trying with the client that the hub uses. */
class EmbeddedSftpTest {

    private static final long LONGEST = 1_000_000;

    private final Directory directory = Directories.of("""
            parties: {CRM-250: {}, CRM-100: {}, SIMS-250: {}, SIMS-000: {}, BOSS-250: {}, CRM-200: {enabled: false}}
            """);
    private final Path data;
    private final EmbeddedSftp server;
    private final SftpClients clients;

    EmbeddedSftpTest(@TempDir Path data) throws IOException {
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

    private static String get(ChannelSftp visitor, String name) throws SftpException, IOException {
        try (var in = visitor.get(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> names(ChannelSftp visitor, String folder) throws SftpException {
        return visitor.ls(folder).stream()
                .map(ChannelSftp.LsEntry::getFilename)
                .filter(name -> !name.startsWith("."))
                .sorted()
                .toList();
    }

    private interface Attempt {
        void make() throws SftpException;
    }

    private static void denied(Attempt attempt) {
        assertThatExceptionOfType(SftpException.class)
                .isThrownBy(attempt::make)
                .satisfies(refusal -> assertThat(refusal.id).isEqualTo(ChannelSftp.SSH_FX_PERMISSION_DENIED));
    }

    private static void fails(Attempt attempt) {
        assertThatExceptionOfType(SftpException.class).isThrownBy(attempt::make);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crm-250", "sims-250", "sp-901234"})
    void a_sender_drops_files_and_reads_its_receipts(String user) throws Exception {
        ChannelSftp sender = clients.as(user);
        assertThat(names(sender, "/")).containsExactly("done", "receipts", "refused", "upload");

        put(sender, "upload/SPQ_250_201209_001.txt.tmp", "content");
        sender.rename("upload/SPQ_250_201209_001.txt.tmp", "upload/SPQ_250_201209_001.txt");
        put(sender, "upload/another.txt", "x");
        put(sender, "upload/another.txt", "y");
        sender.rename("upload/another.txt", "upload/SPQ_250_201209_001.txt");
        put(sender, "upload/more", "x");
        sender.rm("upload/more");

        assertThat(names(sender, "upload")).containsExactly("SPQ_250_201209_001.txt");
        assertThat(get(sender, "/upload/SPQ_250_201209_001.txt")).isEqualTo("y");
        ChannelSftp hub = clients.as("hub-000");
        String root = "/" + user.toUpperCase(java.util.Locale.ROOT);
        assertThat(get(hub, root + "/upload/SPQ_250_201209_001.txt")).isEqualTo("y");
        put(hub, root + "/receipts/a.ack", "taken");
        hub.rename(root + "/upload/SPQ_250_201209_001.txt", root + "/done/SPQ_250_201209_001.txt");
        assertThat(get(sender, "receipts/a.ack")).isEqualTo("taken");
        assertThat(names(sender, "done")).containsExactly("SPQ_250_201209_001.txt");
        assertThat(names(sender, "upload")).isEmpty();
    }

    @Test
    void a_sender_changes_nothing_outside_of_upload() throws Exception {
        clients.as("crm-100").disconnect();
        clients.as("crm-250").disconnect();
        ChannelSftp hub = clients.as("hub-000");
        put(hub, "/CRM-250/receipts/a.ack", "taken");
        put(hub, "/CRM-250/done/a.txt", "content");
        put(hub, "/CRM-100/upload/theirs.txt", "secret");
        put(hub, "/CRM-100/receipts/theirs.ack", "secret");
        ChannelSftp sender = clients.as("crm-250");
        put(sender, "upload/a.txt", "content");

        for (String folder : new String[] {"receipts", "done", "refused", ""}) {
            denied(() -> put(sender, "/" + folder + "/b.txt", "x"));
            denied(() -> sender.rename("/upload/a.txt", "/" + folder + "/b.txt"));
        }
        denied(() -> put(sender, "/receipts/a.ack", "forged"));
        denied(() -> sender.rm("/receipts/a.ack"));
        denied(() -> sender.rename("/done/a.txt", "/upload/b.txt"));
        denied(() -> sender.setMtime("/receipts/a.ack", 1));
        denied(() -> sender.chmod(0777, "/receipts/a.ack"));
        denied(() -> sender.mkdir("/upload/folder"));
        denied(() -> sender.mkdir("/folder"));
        denied(() -> sender.rmdir("/done"));
        fails(() -> sender.rmdir("/upload"));
        fails(() -> sender.rename("/upload", "/upload2"));
        fails(() -> put(sender, "/upload/sub/b.txt", "x"));

        assertThat(get(hub, "/CRM-250/receipts/a.ack")).isEqualTo("taken");
        assertThat(names(hub, "/CRM-250")).containsExactly("done", "receipts", "refused", "upload");
    }

    @Test
    void a_sender_sees_nothing_but_its_own_root() throws Exception {
        put(clients.as("crm-100"), "/upload/theirs.txt", "secret");
        Files.writeString(data.resolve("secret"), "secret");
        ChannelSftp sender = clients.as("crm-250");

        for (String path : new String[] {
            "/CRM-100/upload/theirs.txt",
            "../CRM-100/upload/theirs.txt",
            "/../CRM-100/upload/theirs.txt",
            "upload/../../CRM-100/upload/theirs.txt",
            "../../secret",
            "/upload/../../../secret",
            data.resolve("secret").toString(),
            "/etc/passwd",
            "../../../../../../../../etc/passwd"
        }) {
            fails(() -> sender.get(path));
            fails(() -> sender.stat(path));
            fails(() -> put(sender, path, "x"));
            fails(() -> sender.rename(path, "/upload/x"));
            fails(() -> sender.rm(path));
        }
        fails(() -> sender.ls("../CRM-100"));
        assertThat(names(sender, "/..")).containsExactly("done", "receipts", "refused", "upload");
        sender.cd("..");
        assertThat(sender.pwd()).isEqualTo("/");
        put(sender, "/upload/../../upload/inside.txt", "x");
        assertThat(data.resolve("sftp/CRM-250/upload/inside.txt")).exists();
    }

    @Test
    void links_are_neither_made_nor_followed() throws Exception {
        Files.writeString(data.resolve("secret"), "secret");
        Path upload = data.resolve("sftp/CRM-250/upload");
        ChannelSftp sender = clients.as("crm-250");
        put(sender, "upload/a.txt", "x");

        for (String target : new String[] {"a.txt", "/upload/a.txt", "/etc/passwd", "../../CRM-100/upload"}) {
            denied(() -> sender.symlink(target, "/upload/link"));
            fails(() -> sender.hardlink("/upload/a.txt", "/upload/link"));
        }
        assertThat(upload.resolve("link")).doesNotExist();

        Files.createSymbolicLink(upload.resolve("link"), data.resolve("secret"));
        Files.createSymbolicLink(upload.resolve("up"), data);
        for (ChannelSftp visitor : List.of(sender, clients.as("hub-000"))) {
            String folder = visitor == sender ? "/upload" : "/CRM-250/upload";
            denied(() -> visitor.get(folder + "/link"));
            denied(() -> put(visitor, folder + "/link", "x"));
            denied(() -> visitor.stat(folder + "/link"));
            denied(() -> visitor.readlink(folder + "/link"));
            denied(() -> visitor.get(folder + "/up/secret"));
            denied(() -> visitor.ls(folder + "/up"));
            denied(() -> put(visitor, folder + "/up/new", "x"));
        }
        assertThat(data.resolve("secret")).hasContent("secret");
        assertThat(data.resolve("new")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "ü.txt",
                "${exec}",
                "a;rm",
                "a'b",
                "a\"b",
                "a|b",
                "a:b",
                "a\tb",
                "a\nb",
                "a%2e",
                "~a",
                "文件.txt",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void a_name_that_is_not_plain_is_refused_with_a_sentence(String name) throws Exception {
        ChannelSftp sender = clients.as("crm-250");
        put(sender, "upload/plain", "x");

        denied(() -> put(sender, "upload/" + name, "x"));
        denied(() -> sender.rename("upload/plain", "upload/" + name));
        assertThatExceptionOfType(SftpException.class)
                .isThrownBy(() -> put(sender, "upload/" + name, "x"))
                .withMessageContaining("1 to 120 of the characters");
        assertThat(names(sender, "upload")).containsExactly("plain");
    }

    @Test
    void a_file_that_is_too_long_is_refused_and_the_hubs_own_are_not() throws Exception {
        ChannelSftp sender = clients.as("crm-250");
        sender.put(new ByteArrayInputStream(new byte[(int) LONGEST]), "upload/long-enough");

        fails(() -> sender.put(new ByteArrayInputStream(new byte[(int) LONGEST + 1]), "upload/too-long"));
        fails(() -> sender.put(new ByteArrayInputStream(new byte[1]), "upload/long-enough", ChannelSftp.APPEND));
        assertThat(data.resolve("sftp/CRM-250/upload/long-enough")).hasSize(LONGEST);
        assertThat(Files.size(data.resolve("sftp/CRM-250/upload/too-long"))).isLessThanOrEqualTo(LONGEST);
        clients.as("hub-000").put(new ByteArrayInputStream(new byte[(int) LONGEST + 1]), "/CRM-250/receipts/long");
    }

    @Test
    void a_file_is_readable_to_the_hub_whatever_its_sender_asks_for() throws Exception {
        ChannelSftp sender = clients.as("crm-250");
        put(sender, "upload/a.txt", "x");
        sender.chmod(0, "upload/a.txt");
        sender.setMtime("upload/a.txt", 1_000_000_000);

        assertThat(Files.isReadable(data.resolve("sftp/CRM-250/upload/a.txt"))).isTrue();
        assertThat(sender.stat("upload/a.txt").getMTime()).isEqualTo(1_000_000_000);
    }

    @Test
    void tier_one_SIMS_takes_from_inbound_and_writes_to_outbound() throws Exception {
        ChannelSftp hub = clients.as("hub-000");
        put(hub, "/SIMS-000/inbound/SPQ_000_201209_001.txt", "national");
        ChannelSftp sims = clients.as("sims-000");

        assertThat(names(sims, "/")).containsExactly("inbound", "outbound");
        assertThat(get(sims, "inbound/SPQ_000_201209_001.txt")).isEqualTo("national");
        put(sims, "outbound/SPQ_000_201209_001.txt.ack", "taken");
        denied(() -> sims.rm("inbound/SPQ_000_201209_001.txt"));
        denied(() -> put(sims, "inbound/x", "x"));
        assertThat(get(hub, "/SIMS-000/outbound/SPQ_000_201209_001.txt.ack")).isEqualTo("taken");
    }

    @Test
    void a_file_has_no_holes() throws Exception {
        try (SftpRequests sender = new SftpRequests(clients.session("crm-250", "demo"), 3)) {
            byte[] handle = sender.ask(OPEN, open(3, "/upload/a.txt", 0, 2 | 8)).handle();
            assertThat(sender.ask(WRITE, parts().string(handle).longer(0).string("abc"))
                            .status())
                    .isZero();
            assertThat(sender.ask(WRITE, parts().string(handle).longer(4).string("e"))
                            .sentence())
                    .contains("without a hole");
            assertThat(sender.ask(WRITE, parts().string(handle).longer(3).string("d"))
                            .status())
                    .isZero();
        }
        assertThat(data.resolve("sftp/CRM-250/upload/a.txt")).hasContent("abcd");
    }
}
