package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.relayhub.HubProcess;
import org.relayhub.Programs;
import org.relayhub.SftpRoots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A hub that is killed while it takes a file in: each record is there once, and the receipt is there once. In full: {@code
 * mvn verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=SpFileCrashIT -Dsp.kills=20 -Dsp.lines=1000000}.
 */
class SpFileCrashIT {

    private static final Logger log = LoggerFactory.getLogger(SpFileCrashIT.class);

    private static final Duration SOON = Duration.ofSeconds(120);
    private static final String MONTH = DateTimeFormatter.ofPattern("uuuuMM")
            .format(YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1));

    private final int kills = Integer.getInteger("sp.kills", 2);
    private final int lines = Integer.getInteger("sp.lines", 200_000);
    private final long seed = Long.getLong("sp.seed", System.nanoTime());

    @Test
    void each_record_and_the_receipt_are_there_once(@TempDir Path folder) throws Exception {
        log.info("kills {}, lines {}, -Dsp.seed={}", kills, lines, seed);
        Random random = new Random(seed);
        List<String> provinces = List.of(
                        "100", "200", "210", "220", "230", "240", "250", "270", "280", "290", "311", "351", "371",
                        "431", "451", "471", "531", "551", "571", "591", "731", "771", "791", "851", "871")
                .subList(0, kills);
        Path month = folder.resolve("month");
        Programs.run(
                "examples/sp-quality/generate",
                "--out",
                month.toString(),
                "--provinces",
                String.join(",", provinces),
                "--partners",
                "0",
                "--lines",
                "" + lines);
        try (var hub = new HubProcess(
                folder.resolve("hub"),
                List.of("--hub.standalone.simulation.sample-every=0s", "--hub.sftp.poll-every=500ms"))) {
            var source = new PGSimpleDataSource();
            source.setUrl("jdbc:postgresql://127.0.0.1:" + hub.databasePort() + "/postgres?user=postgres");
            JdbcClient database = JdbcClient.create(source);
            // How long one takes, so that the kills fall everywhere in it, and a little after it.
            Duration whole = Duration.ofMillis(1_500 + lines / 150);
            for (String province : provinces) {
                Path root = SftpRoots.make(folder.resolve("hub/data/sftp"), "CRM-" + province);
                String name = "SPQ_%s_%s_001.txt".formatted(province, MONTH);
                drop(month.resolve("CRM-" + province + "/upload/" + name), root.resolve("upload/" + name));
                long delay = (long) (random.nextDouble() * whole.toMillis());
                Thread.sleep(delay);
                hub.kill();
                boolean moved = Files.exists(root.resolve("done/" + name));
                boolean receipted = Files.exists(root.resolve("receipts/" + name + ".ack"));
                log.info("killed {} ms after the drop; receipt {}, moved {}", delay, receipted, moved);
                hub.startAgain();

                await(name).atMost(SOON).until(() -> Files.exists(root.resolve("done/" + name)));
                await(name)
                        .atMost(SOON)
                        .until(() -> database.sql(
                                                "select count(*) from sp_file where name = :name and settled_at is not null")
                                        .param("name", name)
                                        .query(Long.class)
                                        .single()
                                == 1);
                assertThat(list(root.resolve("upload"))).isEmpty();
                assertThat(list(root.resolve("receipts"))).containsExactly(name + ".ack");
                assertThat(list(root.resolve("refused"))).isEmpty();
                assertThat(Files.readString(root.resolve("receipts/" + name + ".ack")))
                        .startsWith("A|" + name + "|")
                        .contains("|" + lines + "|");
                assertThat(database.sql("""
                                        select count(*) || ' ' || count(distinct (sp_id, service_code))
                                          from sp_record join sp_file using (file_id) where name = :name
                                        """)
                                .param("name", name)
                                .query(String.class)
                                .single())
                        .isEqualTo(lines + " " + lines);
                assertThat(database.sql("select count(*) from sp_file where name = :name")
                                .param("name", name)
                                .query(Long.class)
                                .single())
                        .isEqualTo(1);
            }
            assertThat(database.sql("select count(*) from sp_record")
                            .query(Long.class)
                            .single())
                    .isEqualTo((long) lines * kills);
        }
    }

    /** Data first, then companion. */
    private static void drop(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        Files.move(
                from.resolveSibling(from.getFileName() + ".sha256"),
                to.resolveSibling(to.getFileName() + ".sha256"),
                StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
