package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Looks through all that was logged in this run of the tests, by hubs in processes of their own, too. It comes last, in
 * an execution of its own.
 */
@Tag("logs")
class PersonalDataIT {

    private static final Path TARGET = Path.of("target");
    private static final Pattern OUTPUT =
            Pattern.compile("<system-(out|err)><!\\[CDATA\\[(.*?)</system-\\1>", Pattern.DOTALL);

    /** Logs are as they were written; of the tests' reports only what was printed meanwhile counts. */
    private static List<String> lines(Path file) {
        String text = PersonalData.text(file);
        if (!file.toString().endsWith(".xml")) {
            return text.lines().toList();
        }
        return OUTPUT.matcher(text)
                .results()
                .flatMap(output -> output.group(2).lines())
                .toList();
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        Path all = TARGET.resolve(folder);
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(all)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void no_number_no_name_and_no_content_of_a_message_is_in_any_log() throws IOException {
        List<Path> logs = new ArrayList<>(files("logs", ""));
        logs.addAll(files("surefire-reports", ".xml"));
        logs.addAll(files("failsafe-reports", ".xml"));

        assertThat(logs).isNotEmpty();
        assertThat(logs.stream().flatMap(log -> lines(log).stream()
                        .filter(PersonalData::isIn)
                        .map(line -> log.getFileName() + ": " + line)))
                .isEmpty();
    }

    @Test
    void what_the_tests_say_of_customers_would_be_found() {
        assertThat(List.of(
                        PersonalData.WORDS,
                        "a number: 13800138000",
                        "a number: 10025012345",
                        "a line: 02512345678, 02588886666",
                        "beside others: 250139000096240",
                        "a name: 张三",
                        "a complaint: 内容",
                        "<AcceptStaff>A001</AcceptStaff>",
                        "Failing row contains (1, <InterBOSS xmlns="))
                .allMatch(PersonalData::isIn);
        assertThat(List.of(
                        "[20261122CSVC2500000001 CRM250T0000000000000000042] Refused soap T2002081 of CRM-250: 4002",
                        "Artemis ready on 127.0.0.1:61616 after 1915 ms"))
                .noneMatch(PersonalData::isIn);
    }
}
