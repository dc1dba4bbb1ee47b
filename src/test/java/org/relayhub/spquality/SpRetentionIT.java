package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 24 months later: raw files, receipts and replaced records are gone, and the book of then is what it was. */
class SpRetentionIT {

    private static final String FIRST = "SPQ_250_201209_001.txt";
    private static final String CORRECTION = "SPQ_250_201209_002.txt";
    private static final String REFUSED = "SPQ_100_201209_001.txt";
    private static final String LATER = "SPQ_431_201209_001.txt";

    private final TimedHub hub;

    SpRetentionIT(@TempDir Path folder) {
        hub = new TimedHub(folder.resolve("data"));
    }

    private static String record(String service, int calls) {
        return "901234|掌上灵通|%s|02088886666|13800138000|%d|%2$d|0|0|1.0".formatted(service, calls);
    }

    private void drop(String sender, String name, String... records) throws IOException {
        byte[] content = SpFiles.quality(name, "UTF-8", records);
        hub.drop(sender, name, content, SpFiles.sha256(content));
    }

    private List<String> left(String sender) throws IOException {
        Path root = hub.roots().resolve(sender);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static long count(JdbcClient database, String table) {
        return database.sql("select count(*) from " + table).query(Long.class).single();
    }

    @Test
    void what_was_kept_long_enough_goes_and_what_counts_stays() throws Exception {
        hub.setClock("2012-10-05T09:00:00+08:00");
        try (ConfigurableApplicationContext context = hub.start()) {
            drop("CRM-250", FIRST, record("1", 10), record("2", 20));
            drop("CRM-100", REFUSED, record("1", 10).replace("02088886666", "1"));
            hub.receipt("CRM-250", FIRST, ".ack");
            hub.receipt("CRM-100", REFUSED, ".err");
            drop("CRM-250", CORRECTION, record("2", 200));
            hub.receipt("CRM-250", CORRECTION, ".ack");
            hub.setClock("2012-10-07T09:00:00+08:00");
            drop("CRM-431", LATER, record("1", 1));
            hub.receipt("CRM-431", LATER, ".ack");
            await().atMost(TimedHub.SOON)
                    .until(() -> count(context.getBean(JdbcClient.class), "sp_file where settled_at is null") == 0);
        }
        assertThat(left("CRM-250")).hasSize(6);
        assertThat(left("CRM-431")).hasSize(3);
        // The time that a server tells is that of the test's machine, or what a sender has set: the later one is made
        // old, too.
        var then =
                FileTime.from(OffsetDateTime.parse("2012-10-05T09:00:00+08:00").toInstant());
        try (Stream<Path> files = Files.walk(hub.roots())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, then);
            }
        }
        Path upload = hub.roots().resolve("CRM-250/upload/notes.part");
        Files.writeString(upload, "being written", StandardCharsets.UTF_8);
        Files.setLastModifiedTime(upload, then);

        hub.setClock("2014-10-06T09:00:00+08:00");
        try (ConfigurableApplicationContext context = hub.start()) {
            JdbcClient database = context.getBean(JdbcClient.class);
            await().atMost(TimedHub.SOON).untilAsserted(() -> {
                assertThat(left("CRM-250").stream().filter(name -> !name.startsWith("upload")))
                        .isEmpty();
                assertThat(left("CRM-100")).isEmpty();
                assertThat(count(database, "sp_file")).isEqualTo(3);
            });
            assertThat(left("CRM-431")).hasSize(3);
            assertThat(count(database, "sp_record")).isEqualTo(3);
            assertThat(hub.book("201209").at("/totals/callsOffered").asLong()).isEqualTo(211);
            assertThat(hub.book("files?province=100").get("items")).isEmpty();
        }
    }
}
