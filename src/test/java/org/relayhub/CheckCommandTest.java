package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.spquality.SpFiles;
import org.relayhub.spquality.file.CompanionFile;
import org.relayhub.spquality.file.FileName;
import org.relayhub.spquality.file.layout.FileKind;

class CheckCommandTest {

    private static final String RECORD = "901234|掌上灵通|10086001|02088886666|13800138000|18250|16901|120|117|9.5";

    private final String name = new FileName(
                    FileKind.SPQ,
                    "250",
                    YearMonth.now(ZoneId.of("Asia/Shanghai")).minusMonths(1),
                    1)
            .toString();

    private final Path folder;

    CheckCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private record Outcome(int status, String out, String err) {}

    private static Outcome run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int status = CheckCommand.run(List.of(arguments), new PrintStream(out), new PrintStream(err));
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Path write(byte[] content, boolean accompanied) throws IOException {
        Path file = folder.resolve(name);
        Files.write(file, content);
        if (accompanied) {
            Files.writeString(folder.resolve(name + ".sha256"), CompanionFile.content(SpFiles.sha256(content), name));
        }
        return file;
    }

    @Test
    void a_right_file_ends_with_0() throws IOException {
        byte[] content = SpFiles.quality(name, "GB18030", RECORD);

        Outcome outcome = run(write(content, true).toString());

        assertThat(outcome.out()).startsWith("A|" + name + "|" + SpFiles.sha256(content) + "|1|18250|");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
    }

    @Test
    void a_faulty_one_ends_with_1_and_the_same_list_as_its_receipt() throws IOException {
        Outcome outcome = run(write(SpFiles.quality(name, "UTF-8", RECORD.replace("9.5", "9"), RECORD), true)
                .toString());

        assertThat(outcome.out())
                .isEqualTo("2|averageHours|R08|at most 4 digits, a point and one digit, as in 9.5\n"
                        + "3|-|R10|a key that does not stand in line 2 already\nE|2|4\n");
        assertThat(outcome.status()).isEqualTo(1);
    }

    @Test
    void a_file_may_be_checked_before_it_has_a_companion() throws IOException {
        Outcome outcome =
                run(write(SpFiles.quality(name, "UTF-8", RECORD), false).toString());

        assertThat(outcome.status()).isZero();
        assertThat(outcome.err()).contains("sha256sum " + name + " > " + name + ".sha256");
    }

    @Test
    void wrong_use_ends_with_2_and_a_sentence() {
        assertThat(run().status()).isEqualTo(2);
        assertThat(run("-x").err()).startsWith("Usage:");
        assertThat(run("--help").status()).isZero();
        Outcome missing = run(folder.resolve("none").toString());
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.err()).contains("no file that can be read");
    }
}
