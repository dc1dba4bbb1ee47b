package org.relayhub.directory.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.DutyReasons;
import org.relayhub.message.codes.ServiceCatalogue;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.UrlResource;

/** How files are followed; what is particular to parties.yaml is in a test of its own. */
class FilesWatchTest {

    private static final LocalDate DAY = LocalDate.parse("2026-03-01");
    private static final String TYPES = "svc_type_prefix,name_zh,second_line_domain,valid_to\n";
    private static final String REASONS = "code,name_zh\n010000,业务设计\n";

    private final Path codes;
    private final Resource schemas;
    private final FilesWatch watch = new FilesWatch(Duration.ofMillis(50));

    FilesWatchTest(@TempDir Path folder) throws IOException {
        codes = Files.createDirectories(folder.resolve("codes"));
        schemas = new FileSystemResource(folder + "/");
        write("service-catalogue", TYPES + "0301,短信,SIMS,\n");
        write("duty-reasons", REASONS);
    }

    private void write(String table, String content) throws IOException {
        Files.writeString(codes.resolve(table + ".csv"), content);
    }

    private ServiceCatalogue services() {
        return watch.followTable(schemas, "service-catalogue", ServiceCatalogue::new, ServiceCatalogue::replace);
    }

    private DutyReasons reasons() {
        return watch.followTable(schemas, "duty-reasons", DutyReasons::new, DutyReasons::replace);
    }

    private static boolean inForce(ServiceCatalogue services, String type) {
        return services.find(type, DAY).inForce().isPresent();
    }

    @Test
    void a_table_is_read_at_once_and_a_broken_one_stops_the_start() throws IOException {
        assertThat(inForce(services(), "0301")).isTrue();
        write("service-catalogue", TYPES + "0301,短信,SIMS,soon\n");

        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(this::services)
                .withMessage("service-catalogue.csv, line 2: valid_to is no date like 2026-03-01");
        Files.delete(codes.resolve("service-catalogue.csv"));
        assertThatExceptionOfType(BrokenFileException.class)
                .isThrownBy(this::services)
                .withMessageStartingWith("service-catalogue.csv cannot be read: ");
        assertThat(watch.files()).hasSize(1);
    }

    @Test
    void one_that_is_broken_keeps_no_other_from_taking_effect() throws IOException {
        ServiceCatalogue services = services();
        DutyReasons reasons = reasons();
        write("service-catalogue", TYPES + "0302,彩信,SIMS,\n0303,IVR,SIMS,2026-02-30\n");
        write("duty-reasons", REASONS + "020000,系统支撑\n");
        watch.look();
        watch.look();

        assertThat(inForce(services, "0301")).isTrue();
        assertThat(inForce(services, "0302")).as("whole or not at all").isFalse();
        assertThat(watch.files())
                .extracting(WatchedFile::name)
                .containsExactly("service-catalogue.csv", "duty-reasons.csv");
        assertThat(watch.files().get(0).refusal())
                .hasValue("service-catalogue.csv, line 3: valid_to is no date like 2026-03-01");
        assertThat(watch.files().get(1).refusal()).isEmpty();
        assertThat(reasons.now().rows()).hasSize(2);
    }

    @Test
    void a_change_that_keeps_the_files_size_and_time_takes_effect() throws IOException {
        ServiceCatalogue services = services();
        Path file = codes.resolve("service-catalogue.csv");
        FileTime time = Files.getLastModifiedTime(file);
        write("service-catalogue", TYPES + "0302,短信,SIMS,\n");
        Files.setLastModifiedTime(file, time);
        watch.look();
        watch.look();

        assertThat(inForce(services, "0302")).isTrue();
    }

    @Test
    void a_folder_that_is_swapped_in_by_a_link_takes_effect() throws IOException {
        Path first = Files.createDirectories(codes.resolve("1"));
        Path second = Files.createDirectories(codes.resolve("2"));
        Files.writeString(first.resolve("service-catalogue.csv"), TYPES + "0301,短信,SIMS,\n");
        Files.writeString(second.resolve("service-catalogue.csv"), TYPES + "0302,短信,SIMS,\n");
        Path linked = Files.createDirectories(codes.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("codes"), first);
        ServiceCatalogue services = watch.followTable(
                new FileSystemResource(linked + "/"),
                "service-catalogue",
                ServiceCatalogue::new,
                ServiceCatalogue::replace);
        Files.delete(linked.resolve("codes"));
        Files.createSymbolicLink(linked.resolve("codes"), second);
        watch.look();
        watch.look();

        assertThat(inForce(services, "0302")).isTrue();
    }

    @Test
    void what_is_packed_in_a_jar_is_not_looked_at() throws IOException {
        String jar =
                Test.class.getProtectionDomain().getCodeSource().getLocation().toString();
        String packed = watch.follow(
                new UrlResource("jar:" + jar + "!/META-INF/MANIFEST.MF"),
                content -> content.length + " bytes",
                (live, content) -> {
                    throw new IllegalStateException("replaced");
                });
        watch.look();
        watch.look();

        assertThat(packed).isNotEqualTo("0 bytes");
        assertThat(watch.files().get(0).refusal()).isEmpty();
    }

    @Test
    void it_looks_by_itself_once_it_is_started_whatever_a_follower_throws() throws IOException {
        write("broken", "1");
        watch.follow(new FileSystemResource(codes.resolve("broken.csv")), content -> "", (live, content) -> {
            throw new IllegalStateException("it is");
        });
        ServiceCatalogue services = services();
        watch.start();
        try {
            write("broken", "2");
            write("service-catalogue", TYPES + "0302,彩信,SIMS,\n");
            await().atMost(Duration.ofSeconds(5)).until(() -> inForce(services, "0302"));
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> watch.files().get(0).refusal().equals(java.util.Optional.of("it is")));
        } finally {
            watch.stop();
        }
    }
}
