package org.relayhub.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.relayhub.message.Party;

/**
 * By what the hub proves itself to a party: a password that stands in the environment or in a file, never in
 * {@code parties.yaml} itself.
 *
 * @param party whom it is for
 * @param from {@code env:NAME} or {@code file:PATH}
 */
public record Credential(Party party, String from) {

    private static final String ENVIRONMENT = "env:";
    private static final String FILE = "file:";

    public Credential {
        if (!names(ENVIRONMENT, from) && !names(FILE, from)) {
            // It may be a password that somebody has put there, so it is not repeated.
            throw new IllegalArgumentException("passwordFrom is neither env:NAME nor file:PATH");
        }
    }

    private static boolean names(String kind, String from) {
        return from.startsWith(kind) && !from.substring(kind.length()).isBlank();
    }

    /**
     * The password as it is now: a file may be replaced while the hub runs.
     *
     * @throws IllegalStateException if it is not where it should be; the message is a sentence that names the party
     */
    public String password() {
        return from.startsWith(ENVIRONMENT)
                ? variable(from.substring(ENVIRONMENT.length()))
                : file(from.substring(FILE.length()));
    }

    private String variable(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(
                    "The password for " + party + " is missing: the environment has no " + name + ".");
        }
        return value;
    }

    private String file(String path) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalStateException(
                    "The password for " + party + " is missing: the file " + path + " cannot be read.", e);
        }
    }
}
