package org.relayhub.spquality.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.spquality.SpFiles;
import org.relayhub.spquality.SpFiles.SetClock;

class FileCheckTest {

    private static final String NAME = "SPQ_250_201209_001.txt";
    private static final String RECORD = "901234|掌上灵通|10086001|02088886666|13800138000|18250|16901|120|117|9.5";

    private final FileCheck check = SpFiles.check(new SetClock("2012-10-05T09:30:00+08:00"));

    private Checked check(String name, byte[] content) throws IOException {
        return check.check(
                name,
                Sender.of(FileName.parse(name).orElseThrow()),
                CompanionFile.content(SpFiles.sha256(content), name),
                new ByteArrayInputStream(content),
                RowWriter.NONE,
                false);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "GB18030"})
    void a_right_file_has_no_fault(String encoding) throws IOException {
        Checked checked = check(NAME, SpFiles.quality(NAME, encoding, RECORD));

        assertThat(checked.faults()).isEmpty();
        assertThat(checked.encoding()).isEqualTo(encoding);
        assertThat(checked.records()).isEqualTo(1);
        assertThat(checked.callsOffered()).isEqualTo(18250);
    }

    @Test
    void line_ends_and_the_case_of_the_digest_make_no_difference() throws IOException {
        String text = new String(SpFiles.quality(NAME, "UTF-8", RECORD), StandardCharsets.UTF_8);
        for (String same : List.of(text.replace("\n", "\r\n"), text.stripTrailing())) {
            assertThat(check(NAME, same.getBytes(StandardCharsets.UTF_8)).faults())
                    .isEmpty();
        }
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        assertThat(check.check(
                                NAME,
                                new Sender("SIMS-250"),
                                CompanionFile.content(SpFiles.sha256(content).toUpperCase(java.util.Locale.ROOT), NAME)
                                        .stripTrailing(),
                                new ByteArrayInputStream(content),
                                RowWriter.NONE,
                                false)
                        .faults())
                .isEmpty();
    }

    @Test
    void faults_are_all_counted_and_the_first_10000_listed() throws IOException {
        String[] records = IntStream.range(0, 15_000)
                .mapToObj(n -> RECORD.replace("10086001", "1" + n).replace("9.5", "x"))
                .toArray(String[]::new);

        Checked checked = check(NAME, SpFiles.quality(NAME, "UTF-8", records));

        assertThat(checked.faultCount()).isEqualTo(15_000);
        assertThat(checked.faults()).hasSize(10_000);
        assertThat(checked.refusal()).startsWith("2|averageHours|R08|").endsWith("\nE|15000|15002\n");
    }

    @Test
    void a_fault_never_says_what_stood_there() throws IOException {
        byte[] content = SpFiles.quality(
                NAME, "UTF-8", RECORD.replace("02088886666", "0208888").replace("13800138000", "138001380001"));

        assertThat(check(NAME, content).refusal()).doesNotContain("0208888", "1380013");
    }
}
