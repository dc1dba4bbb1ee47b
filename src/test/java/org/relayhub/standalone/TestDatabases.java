package org.relayhub.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.relayhub.FreePort;

/** Embedded databases for tests: each has its own data, but the server's binaries are unpacked only once. */
public final class TestDatabases {

    private TestDatabases() {}

    /** Makes a folder share the binaries of all tests. */
    static Path prepare(Path folder) throws IOException {
        Path binaries = Files.createDirectories(Path.of("target", "postgres-binaries"));
        Files.createSymbolicLink(folder.resolve("postgres-binaries"), binaries.toAbsolutePath());
        return folder;
    }

    public static EmbeddedDatabase start(Path folder) throws IOException {
        return EmbeddedDatabase.start(prepare(folder), FreePort.any());
    }
}
