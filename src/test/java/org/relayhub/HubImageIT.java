package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;

/**
 * The hub of the {@code Dockerfile}, with the settings of {@code deploy/hub} and the secrets that {@code deploy/secrets} makes:
 * extracted from the jar and started as it says, by the number of a user who is nobody, on files that it cannot write, but for
 * its data and {@code /tmp}. Skipped where {@code bwrap} is not installed or may not make
 * such a place, or where no jar has been packaged.
 */
class HubImageIT {

    private static final Duration LONGEST = Duration.ofSeconds(120);

    private final Path folder;
    private final Path secrets;
    private final int port = FreePort.any();

    HubImageIT(@TempDir Path folder) {
        this.folder = folder;
        secrets = folder.resolve("secrets");
    }

    @Test
    void a_hub_runs_as_nobody_on_files_that_it_cannot_write_and_ends_in_order() throws Exception {
        Programs.require("bwrap", "bash", "openssl", "htpasswd", "ssh-keygen");
        requireJarAndSandbox();
        Image image = Image.build(folder.resolve("build"));
        Process process = start(image);
        try {
            await("a hub, see " + folder).atMost(LONGEST).until(() -> {
                assertThat(process.isAlive()).as(log()).isTrue();
                return isWell(image);
            });
            String password = Files.readString(secrets.resolve("passwords/crm-100"));
            assertThat(new SoapCaller(port, password)
                            .send(
                                    "crm-100",
                                    Messages.message(
                                                    Activity.DISPATCH,
                                                    Party.of("CRM-100"),
                                                    Party.of("CSVC-000"),
                                                    "20261122CSVC1000000001")
                                            .canonical())
                            .code())
                    .isEqualTo("0000");
            assertThat(names(image.folder().resolve("opt/relay-hub")))
                    .containsExactly("adapters", "alive", "lib", "relay-hub.jar");
            assertThat(log()).doesNotContain("Read-only file system", "Permission denied");

            process.descendants().forEach(ProcessHandle::destroy);

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("ended by SIGTERM").isEqualTo(128 + 15);
            assertThat(isWell(image)).as("a hub that is away").isFalse();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void requireJarAndSandbox() throws Exception {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            assumeTrue(
                    built.anyMatch(file -> file.getFileName().toString().matches("relay-hub-.*\\.jar")),
                    "no jar has been packaged");
        }
        assumeTrue(
                new ProcessBuilder("bwrap", "--ro-bind", "/", "/", "--unshare-user", "--uid", "1", "true")
                                .start()
                                .waitFor()
                        == 0,
                "bwrap may not make a place of its own here");
    }

    private boolean isWell(Image image) throws Exception {
        var check = new ProcessBuilder(image.healthCheck());
        check.environment().put("SERVER_PORT", String.valueOf(port));
        return check.start().waitFor() == 0;
    }

    private Process start(Image image) throws Exception {
        Programs.run("deploy/secrets", secrets.toString());
        Path data = Files.createDirectories(folder.resolve("data"));
        String[] userAndGroup = image.user().split(":");
        List<String> command = new ArrayList<>(List.of("bwrap", "--unshare-user", "--unshare-ipc", "--new-session"));
        command.addAll(List.of("--die-with-parent", "--uid", userAndGroup[0], "--gid", userAndGroup[1]));
        command.addAll(List.of("--ro-bind", "/usr", "/usr"));
        for (String needed : neededByJava()) {
            command.addAll(List.of("--ro-bind-try", needed, needed));
        }
        command.addAll(List.of("--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp"));
        command.addAll(
                List.of("--ro-bind", image.folder().resolve("opt/relay-hub").toString(), "/opt/relay-hub"));
        command.addAll(List.of("--ro-bind", secrets.toString(), "/run/secrets", "--bind", data.toString(), "/data"));
        command.addAll(List.of("--ro-bind", "deploy/hub", "/etc/relay-hub", "--remount-ro", "/", "--chdir"));
        command.add(image.workingFolder().toString());
        command.addAll(List.of("--setenv", "PATH", Path.of(System.getProperty("java.home"), "bin") + ":/usr/bin"));
        command.addAll(image.entryPoint());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("hub.log").toFile());
        builder.environment().putAll(image.environment());
        builder.environment()
                .putAll(Map.of(
                        "SERVER_PORT",
                        String.valueOf(port),
                        "SERVER_ADDRESS",
                        "127.0.0.1",
                        "JDK_JAVA_OPTIONS",
                        "-Xmx512m -XX:TieredStopAtLevel=1",
                        "SPRING_DATASOURCE_URL",
                        TestDatabase.empty().url()));
        return builder.start();
    }

    /** What of this machine its Java lives on, besides {@code /usr}. */
    private static List<String> neededByJava() throws IOException {
        List<String> needed = new ArrayList<>(List.of("/bin", "/lib", "/lib64", System.getProperty("java.home")));
        try (Stream<Path> settings = Files.list(Path.of("/etc"))) {
            settings.map(Path::toString)
                    .filter(name -> name.matches("/etc/(java.*|ssl|hosts|nsswitch.conf|resolv.conf)"))
                    .forEach(needed::add);
        }
        return needed;
    }

    private String log() throws IOException {
        return Files.readString(folder.resolve("hub.log"));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
