package org.relayhub.spquality;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A file that must be refused.
 *
 * @param description what is wrong with it, other than in any other file of the corpus
 * @param sender the party that drops it: {@code CRM-250}
 * @param name as the sender gives it; not always one that a file system takes
 * @param content what is in it
 * @param companion what is in its {@code .sha256}, a byte a character; null: the right digest and name
 * @param expectedCodes all of them are among the faults listed
 * @param mayAlso may be among them, too: what else a reader says follows from how it reads on after the fault. No other code is.
 */
public record BrokenFile(
        String description,
        String sender,
        String name,
        Content content,
        @Nullable String companion,
        Set<String> expectedCodes,
        Set<String> mayAlso) {

    /** What is in a file; written as often as asked for, always the same. */
    @FunctionalInterface
    public interface Content {

        void writeTo(OutputStream file) throws IOException;
    }

    static BrokenFile of(String description, String sender, String name, byte[] content, String... expectedCodes) {
        return new BrokenFile(
                description, sender, name, file -> file.write(content), null, Set.of(expectedCodes), Set.of());
    }

    BrokenFile andPerhaps(String... codes) {
        return new BrokenFile(description, sender, name, content, companion, expectedCodes, Set.of(codes));
    }

    BrokenFile withCompanion(String text) {
        return new BrokenFile(description, sender, name, content, text, expectedCodes, mayAlso);
    }

    /** The content of the companion to drop with it. */
    public byte[] companionBytes() {
        return companion == null
                ? (digest() + "  " + name + "\n").getBytes(StandardCharsets.UTF_8)
                : companion.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** SHA-256 of the content, in lower-case hex digits. */
    public String digest() {
        try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            content.writeTo(sink);
            return HexFormat.of().formatHex(sink.getMessageDigest().digest());
        } catch (IOException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether these are the codes that a checker should find. */
    public boolean isFoundBy(Set<String> codes) {
        var others = new TreeSet<>(codes);
        others.removeAll(expectedCodes);
        return codes.containsAll(expectedCodes) && mayAlso.containsAll(others);
    }

    /** Short, as the name of a test. */
    @Override
    public String toString() {
        return description + ": " + new TreeSet<>(expectedCodes);
    }
}
