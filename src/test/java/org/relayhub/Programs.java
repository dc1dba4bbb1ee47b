package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Programs of others that some tests are about. */
public final class Programs {

    private Programs() {}

    /** Skips a test, and says so, where one of them is missing; {@code .ci/run} installs most of them. */
    public static void require(String... programs) {
        for (String program : programs) {
            assumeTrue(find(program) != null, program + " is not installed here");
        }
    }

    /** Where it is; null if it is not in the path. */
    public static @Nullable Path find(String program) {
        return Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** Makes a key pair as OpenSSH has it: this file, and beside it one that ends in {@code .pub}. */
    public static void makeKey(Path file) throws Exception {
        run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file.toString());
    }

    /** Has one run to its end, which must be a good one. */
    public static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
