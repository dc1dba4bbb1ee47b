package org.relayhub.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.directory.watch.FilesWatch;
import org.relayhub.message.Party;
import org.springframework.core.io.FileSystemResource;

/** How a change of parties.yaml takes effect. */
class PartiesFollowedTest {

    private static final Party CRM = Party.of("CRM-250");

    private final Path adapters;
    private final AtomicInteger told = new AtomicInteger();
    private final Directory directory;
    private String forbidden = "nobody";
    private final FilesWatch watch = new FilesWatch(Duration.ofMillis(50));

    PartiesFollowedTest(@TempDir Path folder) throws IOException {
        adapters = folder;
        Files.copy(Path.of("adapters/soap-outbound.kamelet.yaml"), adapters.resolve("soap-outbound.kamelet.yaml"));
        write("parties: {CRM-250: {timeout: 1s}}");
        var files = new DirectoryFiles(
                new FileSystemResource(adapters + "/"),
                new FileSystemResource("schemas/"),
                true,
                Duration.ofSeconds(30));
        directory = files.follow(watch, this::check);
        directory.onChange(told::incrementAndGet);
    }

    private void check(Collection<PartyEntry> entries) {
        if (entries.stream().anyMatch(entry -> entry.user().equals(forbidden))) {
            throw new IllegalStateException("The password is not there.");
        }
    }

    private void write(String yaml) throws IOException {
        Files.writeString(adapters.resolve("parties.yaml"), yaml);
    }

    private Optional<String> refusal() {
        return watch.files().get(0).refusal();
    }

    private Duration timeout() {
        return directory.get(CRM).timeout();
    }

    @Test
    void a_changed_file_takes_effect_when_two_looks_have_found_the_same() throws IOException {
        write("parties: {CRM-250: {timeout: 2s}, CRM-100: {}}");

        watch.look();
        assertThat(timeout()).as("it may still be written").isEqualTo(Duration.ofSeconds(1));
        watch.look();

        assertThat(timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(directory.find(Party.of("CRM-100"))).isPresent();
        assertThat(told).hasValue(1);
    }

    @Test
    void a_broken_file_changes_nothing_and_says_where_it_is_broken_until_it_is_mended() throws IOException {
        write("parties:\n  CRM-250:\n    timeout: soon\n");
        watch.look();
        watch.look();

        assertThat(timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refusal()).hasValueSatisfying(reason -> assertThat(reason)
                .startsWith("parties.yaml, line 3, parties.CRM-250.timeout: "));
        write("parties: {CRM-250: {timeout: 3s}}");
        watch.look();
        watch.look();

        assertThat(timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(refusal()).isEmpty();
        assertThat(told).hasValue(1);
    }

    @Test
    void a_file_that_is_gone_changes_nothing() throws IOException {
        Files.delete(adapters.resolve("parties.yaml"));
        watch.look();
        watch.look();

        assertThat(timeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(refusal()).isPresent();
        write("parties: {CRM-250: {timeout: 1s}}");
        watch.look();
        assertThat(refusal()).as("it is as it was").isEmpty();
    }

    @Test
    void a_file_that_has_not_changed_is_left_alone() {
        watch.look();
        watch.look();

        assertThat(told).hasValue(0);
    }

    @Test
    void it_looks_by_itself_once_it_is_started() throws IOException {
        watch.start();
        try {
            write("parties: {CRM-250: {timeout: 4s}}");
            await().atMost(Duration.ofSeconds(5)).until(() -> timeout().equals(Duration.ofSeconds(4)));
        } finally {
            watch.stop();
        }
    }

    @Test
    void what_others_have_against_it_refuses_it_too_until_they_have_nothing_more() throws IOException {
        forbidden = "hub";
        write("parties: {CRM-250: {timeout: 2s, user: hub}}");
        watch.look();
        watch.look();
        assertThat(refusal()).hasValue("The password is not there.");
        assertThat(timeout()).isEqualTo(Duration.ofSeconds(1));

        write("parties: {CRM-250: {timeout: 1s}}");
        watch.look();
        forbidden = "nobody";
        write("parties: {CRM-250: {timeout: 2s, user: hub}}");
        watch.look();
        watch.look();
        assertThat(timeout()).as("the same file once more").isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void a_listener_that_fails_keeps_no_other_from_hearing_of_a_change() throws IOException {
        directory.onChange(() -> {
            throw new IllegalStateException("broken");
        });
        var last = new AtomicInteger();
        directory.onChange(last::incrementAndGet);
        write("parties: {CRM-250: {timeout: 2s}}");
        watch.look();
        watch.look();

        assertThat(last).hasValue(1);
    }
}
