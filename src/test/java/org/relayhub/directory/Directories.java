package org.relayhub.directory;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.springframework.core.io.FileSystemResource;

/** Directories of a test's own parties, with the project's adapters, links and tables. */
public final class Directories {

    private static final DirectoryFiles FILES = new DirectoryFiles(
            new FileSystemResource("adapters/"), new FileSystemResource("schemas/"), true, Duration.ofSeconds(30));

    private Directories() {}

    /** @param parties what parties.yaml says */
    public static Directory of(String parties) {
        Directory directory = FILES.read();
        change(directory, parties);
        return directory;
    }

    /** Has parties.yaml say something else. */
    public static void change(Directory directory, String parties) {
        directory.replace(FILES.parties(parties.getBytes(StandardCharsets.UTF_8)));
    }
}
