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
 * @param expectedCodes those of the faults listed: all of them, and no other
 */
public record BrokenFile(
        String description,
        String sender,
        String name,
        Content content,
        @Nullable String companion,
        Set<String> expectedCodes) {

    /** What is in a file; written as often as asked for, always the same. */
    @FunctionalInterface
    public interface Content {

        void writeTo(OutputStream file) throws IOException;
    }

    static BrokenFile of(String description, String sender, String name, byte[] content, String... expectedCodes) {
        return new BrokenFile(description, sender, name, file -> file.write(content), null, Set.of(expectedCodes));
    }

    BrokenFile withCompanion(String text) {
        return new BrokenFile(description, sender, name, content, text, expectedCodes);
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

    /** Short, as the name of a test. */
    @Override
    public String toString() {
        return description + ": " + new TreeSet<>(expectedCodes);
    }
}
