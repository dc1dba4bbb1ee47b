package org.relayhub;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of others that some tests are about. */
public final class Programs {

    private Programs() {}

    /** Skips a test, and says so, where one of them is missing; {@code .ci/run} installs them all. */
    public static void require(String... programs) {
        for (String program : programs) {
            assumeTrue(
                    Stream.of(String.valueOf(System.getenv("PATH")).split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                    program + " is not installed here");
        }
    }
}
