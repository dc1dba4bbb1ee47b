package org.relayhub.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The clock of a process that libfaketime was loaded into: it reads from a file by how much it is wrong. */
final class FakeTime {

    private static final Optional<Path> LIBRARY = Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
            .map(machine -> Path.of("/usr/lib", machine, "faketime", "libfaketimeMT.so.1"))
            .filter(Files::exists)
            .findFirst();

    private final Path file;

    FakeTime(Path file) {
        this.file = file;
    }

    /** What a process has in its environment whose clock this is to be; nothing where the library is not installed. */
    static Map<String, String> environment(Path file) {
        new FakeTime(file).isAheadBy(Duration.ZERO);
        return LIBRARY.map(library -> Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        file.toString(),
                        "FAKETIME_CACHE_DURATION",
                        "1",
                        // The one that waiting is measured by does not jump when somebody sets a clock.
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // Otherwise each wait of a virtual machine ends at once, again and again.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"))
                .orElse(Map.of());
    }

    static void require() {
        Assumptions.assumeTrue(LIBRARY.isPresent(), "faketime is not installed here");
    }

    /** Within a second the clock is ahead by this, or behind. */
    void isAheadBy(Duration time) {
        try {
            Path next = Files.writeString(file.resolveSibling("clock.next"), "%+d\n".formatted(time.toSeconds()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
