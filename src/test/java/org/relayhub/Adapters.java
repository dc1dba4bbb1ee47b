package org.relayhub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A copy of the adapters folder with a test's own parties.yaml. */
public final class Adapters {

    private final Path folder;

    /** @param parties what parties.yaml says */
    public Adapters(Path parent, String parties) throws IOException {
        folder = Files.createDirectories(parent.resolve("adapters"));
        try (var files = Files.list(Path.of("adapters"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        write(parties);
    }

    /** What the project's own parties.yaml says. */
    public static String packaged() throws IOException {
        return Files.readString(Path.of("adapters", "parties.yaml"));
    }

    /** Has parties.yaml say something else. */
    public void write(String parties) throws IOException {
        Files.writeString(folder.resolve("parties.yaml"), parties);
    }

    /** The setting that has a hub take this folder. */
    public String setting() {
        return "--hub.adapters=file:" + folder + "/";
    }
}
