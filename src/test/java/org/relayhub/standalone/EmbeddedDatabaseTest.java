package org.relayhub.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.FreePort;

class EmbeddedDatabaseTest {

    private final Path folder;

    EmbeddedDatabaseTest(@TempDir Path folder) throws IOException {
        this.folder = TestDatabases.prepare(folder);
    }

    @Test
    void whatIsCommittedIsOnTheDiskBeforeItIsAcknowledged() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, FreePort.any())) {
            assertThat(value(database, "show fsync")).isEqualTo("on");
            assertThat(value(database, "show synchronous_commit")).isEqualTo("on");
            assertThat(value(database, "show full_page_writes")).isEqualTo("on");
            assertThat(value(database, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(value(database, "show max_connections")).isEqualTo("100");
        }
    }

    @Test
    void aSecondHubOnTheSameFolderIsRefusedAndToldWhatToDo() throws Exception {
        try (EmbeddedDatabase first = EmbeddedDatabase.start(folder, FreePort.any())) {
            assertThatThrownBy(() -> EmbeddedDatabase.start(folder, FreePort.any()))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("--hub.standalone.data-folder");
            assertThat(value(first, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void dataOutlivesAStopAndATakenPortIsNoObstacle() throws Exception {
        int port = FreePort.any();
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, port)) {
            assertThat(database.jdbcUrl()).contains("127.0.0.1:" + port + "/");
            execute(database, "create table kept as select 'promise' as word");
        }
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
        try (var taken = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
                EmbeddedDatabase database = EmbeddedDatabase.start(folder, port)) {
            assertThat(database.jdbcUrl()).doesNotContain(":" + taken.getLocalPort() + "/");
            assertThat(value(database, "select word from kept")).isEqualTo("promise");
        }
    }

    @Test
    void aHubThatIsKilledLosesNothingAndItsServerIsEndedByTheNextHub() throws Exception {
        int port = FreePort.any();
        Process hub = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        HubToBeKilled.class.getName(),
                        folder.toString(),
                        Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        awaitLine(hub, HubToBeKilled.READY);
        hub.destroyForcibly();
        assertThat(hub.waitFor(10, TimeUnit.SECONDS)).isTrue();
        ProcessHandle orphan = postmaster().orElseThrow();
        assertThat(orphan.isAlive()).isTrue();

        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, port)) {
            assertThat(database.jdbcUrl()).contains(":" + port + "/");
            assertThat(value(database, "select word from kept")).isEqualTo("promise");
            assertThat(postmaster().orElseThrow().pid()).isNotEqualTo(orphan.pid());
        }
    }

    @Test
    void aProcessThatOnlyHasTheNumberOfTheOldServerIsLeftAlone() throws Exception {
        EmbeddedDatabase.start(folder, FreePort.any()).close();
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(folder.resolve("postgres/postmaster.pid"), bystander.pid() + "\n");
            try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, FreePort.any())) {
                assertThat(value(database, "select 1")).isEqualTo("1");
                assertThat(bystander.isAlive()).isTrue();
            }
        } finally {
            bystander.destroy();
        }
    }

    @Test
    void aFirstStartThatWasCutShortIsDoneAgain() throws Exception {
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(folder.resolve("postgres/PG_VERSION"), "17\n");
        Files.createDirectories(folder.resolve("postgres-binaries/PG-half/bin"));
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder, FreePort.any())) {
            assertThat(value(database, "select 1")).isEqualTo("1");
            assertThat(folder.resolve("postgres-binaries/PG-half")).doesNotExist();
        }
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve("postgres/postmaster.pid"));
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()));
    }

    private static void awaitLine(Process process, String wanted) throws IOException {
        var seen = new ArrayList<String>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(wanted)) {
                    return;
                }
                seen.add(line);
            }
        }
        throw new AssertionError("the process ended without saying " + wanted + ": " + seen);
    }

    private static String value(EmbeddedDatabase database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), null);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void execute(EmbeddedDatabase database, String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), null);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
