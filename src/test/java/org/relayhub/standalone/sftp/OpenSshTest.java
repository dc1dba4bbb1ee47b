package org.relayhub.standalone.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.FreePort;
import org.relayhub.Programs;
import org.relayhub.directory.Directories;

/** The server that the hub brings, as partners see it who use OpenSSH's client. */
class OpenSshTest {

    /** What the client said, and how it ended. */
    private record Outcome(int status, String text) {}

    private final Path folder;
    private final Path keys;
    private final EmbeddedSftp server;

    OpenSshTest(@TempDir Path folder) throws IOException {
        Programs.require("sftp", "ssh-keygen");
        this.folder = folder;
        this.keys = Files.createDirectories(folder.resolve("data/sftp-keys"));
        this.server = EmbeddedSftp.start(
                folder.resolve("data"),
                keys,
                FreePort.any(),
                1_000_000,
                Directories.of("parties: {CRM-250: {}, CRM-100: {}}"),
                (user, password) -> password.equals("demo"));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private Path newKey(String name, String type) throws Exception {
        Path key = folder.resolve(name);
        run("", "ssh-keygen", "-q", "-t", type, "-N", "", "-C", "a partner's", "-f", key.toString());
        return key;
    }

    private void allow(String user, Path key, String options) throws IOException {
        String line = Files.readString(Path.of(key + ".pub"));
        Files.writeString(keys.resolve(user), "# keys of " + user + "\n\n" + options + line);
    }

    private Outcome byKey(String user, Path key, String commands) throws Exception {
        return sftp(user, commands, "-o", "PreferredAuthentications=publickey", "-i", key.toString());
    }

    private Outcome byPassword(String user, String password, String commands) throws Exception {
        Path answer = folder.resolve("answer");
        Files.writeString(answer, "#!/bin/sh\necho '" + password + "'\n");
        Files.setPosixFilePermissions(answer, PosixFilePermissions.fromString("rwx------"));
        return sftp(user, commands, "-o", "PreferredAuthentications=password", "-o", "BatchMode=no");
    }

    private Outcome sftp(String user, String commands, String... options) throws Exception {
        var command = new ArrayList<>(List.of(
                "sftp",
                "-F",
                "none",
                "-P",
                "" + server.port(),
                "-o",
                "StrictHostKeyChecking=yes",
                "-o",
                "UserKnownHostsFile=" + server.knownHosts(),
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "NumberOfPasswordPrompts=1"));
        command.addAll(List.of(options));
        command.addAll(List.of("-b", "-", user + "@" + server.host()));
        return run(commands, command.toArray(String[]::new));
    }

    private Outcome run(String input, String... command) throws Exception {
        Path output = folder.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SSH_ASKPASS", folder.resolve("answer").toString());
        builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
        builder.environment().remove("SSH_AUTH_SOCK");
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    @Test
    void a_key_of_the_users_file_opens_its_root() throws Exception {
        for (String type : new String[] {"ed25519", "ecdsa", "rsa"}) {
            Path key = newKey("id_" + type, type);
            assertThat(byKey("crm-250", key, "pwd\n").status()).as("not yet").isNotZero();
            allow("crm-250", key, "");
            Files.writeString(folder.resolve("a.txt"), type);

            Outcome outcome =
                    byKey("crm-250", key, "cd upload\nput a.txt\nput -p a.txt b.txt\nrename b.txt c.txt\nls -l\n");

            assertThat(outcome.status()).as(outcome.text()).isZero();
            assertThat(folder.resolve("data/sftp/CRM-250/upload/a.txt")).hasContent(type);
            assertThat(folder.resolve("data/sftp/CRM-250/upload/c.txt")).hasContent(type);
            assertThat(byKey("crm-100", key, "pwd\n").status()).as("another's").isNotZero();
            assertThat(byKey("hub-000", key, "pwd\n").status()).as("the hub").isNotZero();
        }
    }

    @Test
    void an_SP_partner_may_have_a_key_and_the_hub_may_not() throws Exception {
        Path key = newKey("id", "ed25519");
        allow("sp-901234", key, "");
        allow("hub-000", key, "");
        allow("boss-250", key, "");

        assertThat(byKey("sp-901234", key, "ls upload\n").status()).isZero();
        assertThat(folder.resolve("data/sftp/SP-901234/receipts")).isDirectory();
        assertThat(byKey("hub-000", key, "pwd\n").status()).isNotZero();
        assertThat(byKey("boss-250", key, "pwd\n").status()).isNotZero();
    }

    @Test
    void a_key_with_an_option_and_a_broken_file_open_nothing() throws Exception {
        Path key = newKey("id", "ed25519");
        allow("crm-250", key, "from=\"10.0.0.1\" ");
        assertThat(byKey("crm-250", key, "pwd\n").status()).isNotZero();
        allow("crm-250", key, "cert-authority ");
        assertThat(byKey("crm-250", key, "pwd\n").status()).isNotZero();
        Files.writeString(keys.resolve("crm-250"), "what is this\n");
        assertThat(byKey("crm-250", key, "pwd\n").status()).isNotZero();
    }

    @Test
    void a_password_opens_the_root_too_and_a_wrong_one_does_not() throws Exception {
        Outcome outcome = byPassword("crm-250", "demo", "ls\n");
        assertThat(outcome.status()).as(outcome.text()).isZero();
        assertThat(outcome.text()).contains("upload").contains("receipts");
        assertThat(byPassword("sp-901234", "demo", "ls\n").status()).isZero();
        assertThat(byPassword("crm-250", "wrong", "ls\n").status()).isNotZero();
        assertThat(byPassword("sp-901234", "wrong", "ls\n").status()).isNotZero();
        assertThat(byPassword("hub-000", "demo", "ls\n").status()).isNotZero();
    }

    @Test
    void what_is_not_allowed_is_denied() throws Exception {
        Path key = newKey("id", "ed25519");
        allow("crm-250", key, "");
        Files.writeString(folder.resolve("a.txt"), "content");

        for (String command : new String[] {
            "put a.txt receipts/a.txt",
            "put a.txt a.txt",
            "put a.txt \"upload/a b\"",
            "put -r . upload/folder",
            "mkdir upload/folder",
            "symlink /etc/passwd upload/link",
            "ln upload/there.txt upload/link",
            "get /etc/passwd",
            "get ../CRM-100/upload/x",
            "ls ../CRM-100",
            "rename upload/there.txt receipts/there.txt",
            "rmdir upload"
        }) {
            Path upload = Files.createDirectories(folder.resolve("data/sftp/CRM-250/upload"));
            Files.writeString(upload.resolve("there.txt"), "x");
            Outcome outcome = byKey("crm-250", key, command + "\n");
            assertThat(outcome.status()).as(command + ": " + outcome.text()).isNotZero();
            assertThat(outcome.text()).as("no path of the machine").doesNotContain(folder.resolve("data") + "/sftp/");
        }
        Outcome shell = run(
                "",
                "ssh",
                "-F",
                "none",
                "-p",
                "" + server.port(),
                "-i",
                key.toString(),
                "-o",
                "BatchMode=yes",
                "-o",
                "UserKnownHostsFile=" + server.knownHosts(),
                "crm-250@" + server.host(),
                "id");
        assertThat(shell.status()).isNotZero();
        assertThat(shell.text()).doesNotContain("uid=");
        try (var files = Files.list(folder.resolve("data/sftp/CRM-250/upload"))) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("there.txt");
        }
    }
}
