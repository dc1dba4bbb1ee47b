package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * The SFTP server of {@code deploy/sftp}: its script makes users and roots, and OpenSSH serves them with the very file there.
 * Where root may not give a process folders of its own, or OpenSSH is not installed, it is skipped.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SftpServerIT {

    private final Path folder;
    private final Path roots;
    private final int port = FreePort.any();
    private Process server;

    SftpServerIT(@TempDir Path folder) throws Exception {
        this.folder = folder;
        roots = folder.resolve("roots");
        Programs.require("sshd", "sftp", "ssh-keygen", "unshare", "setpriv");
        assumeTrue(
                System.getProperty("user.name").equals("root")
                        && new ProcessBuilder("unshare", "--mount", "true")
                                        .start()
                                        .waitFor()
                                == 0,
                "a server that becomes its visitors takes root, and folders of its own");
        Path keys = Files.createDirectories(folder.resolve("keys"));
        for (String user : List.of("host", "relayhub", "CRM-250", "SIMS-000")) {
            Programs.makeKey(key(user));
            Files.copy(folder.resolve(user + ".pub"), keys.resolve(user));
        }
        Files.writeString(
                folder.resolve("known_hosts"),
                "[127.0.0.1]:" + port + " " + Files.readString(folder.resolve("host.pub")));
        server = start(keys);
    }

    private Path key(String user) {
        return folder.resolve(user);
    }

    /** In a place where the users are known that the script has made, and roots and keys are where the file says. */
    private Process start(Path keys) throws Exception {
        var script = new ProcessBuilder("unshare", "--mount", "bash", "-euc", """
                setpriv --bounding-set "$CAPABILITIES" --no-new-privs deploy/sftp/run prepare
                for file in passwd group shadow; do
                    cat /etc/$file "$SFTP_USERS/$file" >"$SFTP_USERS/all"
                    chmod --reference=/etc/$file "$SFTP_USERS/all"
                    cp --preserve=mode "$SFTP_USERS/all" "$SFTP_USERS/all-$file"
                    mount --bind "$SFTP_USERS/all-$file" /etc/$file
                done
                mount -t tmpfs -o mode=755 tmpfs /srv
                mkdir -p /srv/sftp /srv/sftp-keys
                mount --bind "$SFTP_ROOTS" /srv/sftp
                mount --bind "$KEYS" /srv/sftp-keys
                exec setpriv --bounding-set "$CAPABILITIES" --no-new-privs deploy/sftp/run -p "$PORT" -o ListenAddress=127.0.0.1 -h "$HOST_KEY"
                """)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("sshd.log").toFile());
        script.environment().put("SFTP_ROOTS", roots.toString());
        script.environment().put("SFTP_USERS", folder.resolve("users").toString());
        script.environment().put("CAPABILITIES", capabilities());
        script.environment().put("KEYS", keys.toString());
        script.environment().put("PORT", String.valueOf(port));
        script.environment().put("HOST_KEY", key("host").toString());
        Process started = script.start();
        await("a server, see " + folder)
                .atMost(Duration.ofSeconds(30))
                .ignoreExceptions()
                .until(() -> {
                    if (!started.isAlive()) {
                        throw new AssertionError(log());
                    }
                    new Socket(InetAddress.getLoopbackAddress(), port).close();
                    return true;
                });
        return started;
    }

    /** What its container may do of what root may, as {@code setpriv} has it. */
    private static String capabilities() throws IOException {
        JsonNode site = new ObjectMapper()
                .valueToTree(new Yaml().<Object>load(Files.readString(Path.of("docker-compose.yml"))));
        return StreamSupport.stream(site.at("/services/sftp/cap_add").spliterator(), false)
                .map(capability -> ",+" + capability.asText().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("", "-all", ""));
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.destroy();
        }
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("sshd.log"));
    }

    /** What a client gets for a line; {@code sftp} goes on to the end where a line begins with a minus. */
    private String as(String user, String line) throws Exception {
        return call("sftp", user, List.of("-b", "-"), line);
    }

    private String call(String program, String user, List<String> more, String input) throws Exception {
        List<String> command = new ArrayList<>(List.of(program, program.equals("ssh") ? "-p" : "-P", "" + port));
        command.addAll(
                List.of("-i", key(user).toString(), "-o", "UserKnownHostsFile=" + folder.resolve("known_hosts")));
        command.addAll(List.of("-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes", "-F", "none"));
        command.addAll(program.equals("ssh") ? List.of() : more);
        command.add(user + "@127.0.0.1");
        command.addAll(program.equals("ssh") ? more : List.of());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().write((input + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "done: " + said : "refused: " + said;
    }

    /** A file of somebody who lets nobody read it; OpenSSH's client gives it the same mode at the server. */
    private Path secretive(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "file", ".txt"), content);
    }

    private Path file(String content) throws IOException {
        return Files.setPosixFilePermissions(secretive(content), PosixFilePermissions.fromString("rw-r--r--"));
    }

    @Test
    void what_a_sender_drops_the_hub_reads_and_moves_and_the_sender_finds_there() throws Exception {
        assertThat(as("CRM-250", "put " + secretive("lines") + " upload/month.txt"))
                .startsWith("done");
        await("what its sender lets nobody read").atMost(Duration.ofSeconds(20)).until(() -> as(
                        "relayhub", "get CRM-250/upload/month.txt " + folder.resolve("got"))
                .startsWith("done"));
        assertThat(folder.resolve("got")).hasContent("lines");
        assertThat(as("relayhub", "rename CRM-250/upload/month.txt CRM-250/done/month.txt"))
                .startsWith("done");
        assertThat(as("relayhub", "put " + file("A|month.txt") + " CRM-250/receipts/month.txt.ack"))
                .startsWith("done");
        assertThat(as("relayhub", "put " + file("national") + " SIMS-000/inbound/national.txt"))
                .startsWith("done");

        assertThat(as("CRM-250", "get receipts/month.txt.ack " + folder.resolve("receipt")))
                .startsWith("done");
        assertThat(as("CRM-250", "ls done")).contains("month.txt");
        assertThat(as("SIMS-000", "get inbound/national.txt " + folder.resolve("national")))
                .startsWith("done");
        assertThat(as("SIMS-000", "put " + file("A") + " outbound/national.txt.ack"))
                .startsWith("done");
    }

    @Test
    void a_sender_has_its_root_and_no_more_than_it_needs_there() throws Exception {
        String dropped = file("x").toString();
        for (String line : List.of(
                "put " + dropped + " receipts/mine.ack",
                "put " + dropped + " top.txt",
                "mkdir upload/folder",
                "ln -s /etc/passwd upload/link",
                "ls /etc",
                "get ../SIMS-000/inbound/national.txt " + folder.resolve("stolen"),
                "cd /SIMS-000")) {
            assertThat(as("CRM-250", line)).as(line).startsWith("refused");
        }
        assertThat(as("CRM-250", "ls -1 ..")).contains("upload").doesNotContain("SIMS-000");
        assertThat(call("ssh", "CRM-250", List.of("id"), "")).doesNotContain("uid=");
        assertThat(call("ssh", "relayhub", List.of("id"), "")).doesNotContain("uid=");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(roots.resolve("CRM-250"))))
                .isEqualTo("rwxr-xr-x");
    }
}
