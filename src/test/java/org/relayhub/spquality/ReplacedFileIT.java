package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.spquality.file.FileName;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A sender puts another file in the place of one that the hub has read and has not moved away yet. */
class ReplacedFileIT {

    private static final String SENDER = "CRM-250";
    private static final String NAME = "SPQ_250_201209_001.txt";

    private final TimedHub hub;

    ReplacedFileIT(@TempDir Path folder) {
        hub = new TimedHub(folder.resolve("data"));
    }

    private static byte[] content(int calls) {
        return SpFiles.quality(NAME, "UTF-8", "901234|掌上灵通|1|02088886666|13800138000|%d|%1$d|0|0|1.0".formatted(calls));
    }

    private List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.list(hub.roots().resolve(SENDER).resolve(folder))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private long waitingForTheBook(JdbcClient database) {
        return database.sql("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"
                        + " and query like 'update sp_book%'")
                .query(Long.class)
                .single();
    }

    @Test
    void the_other_file_is_looked_at_and_not_moved_away_as_if_it_had_been() throws Exception {
        hub.setClock("2012-10-05T09:00:00+08:00");
        try (ConfigurableApplicationContext context = hub.start()) {
            JdbcClient database = context.getBean(JdbcClient.class);
            try (Connection blocking = context.getBean(DataSource.class).getConnection();
                    Statement statement = blocking.createStatement()) {
                blocking.setAutoCommit(false);
                statement.execute("select * from sp_book for update");
                hub.drop(SENDER, NAME, content(10), SpFiles.sha256(content(10)));
                await().atMost(TimedHub.SOON).until(() -> waitingForTheBook(database) == 1);
                // Read to its end; what comes now was not.
                Files.write(hub.roots().resolve(SENDER + "/upload/" + NAME), content(20_000));
                blocking.rollback();
                blocking.setAutoCommit(true);
            }
            assertThat(hub.receipt(SENDER, NAME, ".ack")).contains(SpFiles.sha256(content(10)));
            await().atMost(TimedHub.SOON).untilAsserted(() -> {
                assertThat(names("upload")).containsExactly(NAME);
                assertThat(names("done")).containsExactly(NAME + FileName.COMPANION);
            });

            hub.drop(SENDER, NAME, content(20_000), SpFiles.sha256(content(20_000)));

            assertThat(hub.receipt(SENDER, NAME, ".err")).startsWith("0|name|F01|");
            await().atMost(TimedHub.SOON).untilAsserted(() -> {
                assertThat(names("upload")).isEmpty();
                assertThat(names("refused")).hasSize(2).allMatch(name -> name.startsWith(NAME));
            });
            Path kept = hub.roots()
                    .resolve(SENDER + "/refused/"
                            + names("refused").stream()
                                    .filter(name -> !name.contains(FileName.COMPANION))
                                    .findFirst()
                                    .orElseThrow());
            assertThat(kept).hasBinaryContent(content(20_000));
            assertThat(database.sql("select calls_offered from sp_record")
                            .query(Integer.class)
                            .list())
                    .containsExactly(10);
        }
    }
}
