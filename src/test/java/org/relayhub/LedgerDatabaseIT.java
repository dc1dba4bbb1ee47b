package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A PostgreSQL with the settings of {@code deploy/postgres}, and a hub as the user that the script there makes. */
class LedgerDatabaseIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void a_hub_works_as_the_owner_of_its_database_and_lives_while_that_is_away(@TempDir Path folder) throws Exception {
        Programs.require("psql");
        Path settings = Path.of("deploy/postgres/postgresql.conf").toAbsolutePath();
        Path password = Files.writeString(folder.resolve("password"), "it's long\"and secret");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("config_file", settings.toString())
                // Instead of what the library gives otherwise, which the file could not change.
                .setServerConfig("max_connections", "100")
                .start()) {
            JdbcClient client = JdbcClient.create(server.getPostgresDatabase());
            assertThat(client.sql("select name || ': ' || error from pg_file_settings where error is not null")
                            .query(String.class)
                            .list())
                    .isEmpty();
            assertThat(client.sql("select distinct sourcefile from pg_file_settings")
                            .query(String.class)
                            .list())
                    .containsExactly(settings.toString());
            for (String durable : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(client.sql("select setting from pg_file_settings where name = :name")
                                .param("name", durable)
                                .query(String.class)
                                .single())
                        .as(durable)
                        .isEqualTo("on");
            }
            makeUser(server.getPort(), password);

            assertThat(client.sql(
                                    "select rolsuper or rolcreaterole or rolcreatedb from pg_roles where rolname = 'relayhub'")
                            .query(Boolean.class)
                            .single())
                    .isFalse();
            HubProcess hub = ProductionHub.start(
                    Files.createDirectories(folder.resolve("hub-at-ledger")),
                    "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/relayhub",
                    "{CRM-*: {}, CSVC-000: {}}",
                    List.of("--spring.datasource.username=relayhub", "--spring.datasource.password=any"));
            try (hub) {
                assertThat(dispatch(hub, "20261122CSVC2500000001")).isEqualTo("0000");
                hub.kill();

                hub.startAgain();

                assertThat(dispatch(hub, "20261122CSVC2500000002")).isEqualTo("0000");
                server.close();
                await().atMost(SOON).until(() -> hub.status("/actuator/health/readiness") == 503);
                assertThat(hub.status("/actuator/health/liveness"))
                        .as("no reason to start it again")
                        .isEqualTo(200);
            }
        }
    }

    private static String dispatch(HubProcess hub, String ticket) throws Exception {
        return new SoapCaller(hub.port(), ProductionHub.PASSWORD)
                .send(
                        "crm-250",
                        Messages.message(Activity.DISPATCH, Party.of("CRM-250"), Party.of("CSVC-000"), ticket)
                                .canonical())
                .code();
    }

    private static void makeUser(int port, Path password) throws Exception {
        var script = new ProcessBuilder("deploy/postgres/hub.sh").redirectErrorStream(true);
        script.environment()
                .putAll(Map.of(
                        "PGHOST",
                        "127.0.0.1",
                        "PGPORT",
                        String.valueOf(port),
                        "HUB_PASSWORD_FILE",
                        password.toString()));
        Process process = script.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }
}
