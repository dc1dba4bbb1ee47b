package org.relayhub.directory.watch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.codes.BrokenFileException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;

/**
 * A file whose content is in effect, and how it takes effect when it has changed. A file that is still being written is
 * waited for: only what two looks in a row have found is read. A broken one changes nothing.
 */
public final class WatchedFile {

    private static final Logger log = LoggerFactory.getLogger(WatchedFile.class);

    private static final byte[] NOTHING = {};

    private final String name;
    private final Resource file;
    private final Function<byte[], String> replace;
    private byte[] inEffect;
    private byte[] refused = NOTHING;
    private byte[] seen;
    private volatile @Nullable String refusal;

    /**
     * @param inEffect what the file held when it was read first
     * @param replace puts a changed content into effect, and says how much that is
     */
    WatchedFile(Resource file, byte[] inEffect, Function<byte[], String> replace) {
        this.name = name(file);
        this.file = file;
        this.replace = replace;
        this.inEffect = inEffect;
        this.seen = inEffect;
    }

    /** The file's name, without its folder. */
    public String name() {
        return name;
    }

    /** Why the file as it is now is not in effect; empty if it is. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal);
    }

    private static String name(Resource file) {
        return String.valueOf(file.getFilename());
    }

    static byte[] read(Resource file) {
        try (InputStream content = file.getInputStream()) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new BrokenFileException(name(file) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Looks once. It reads the file each time, since neither time nor size tells for sure: a change may keep both, and a
     * folder that is swapped in by a link may bring an older file.
     */
    void look() {
        // What is packed in the jar does not change.
        if (!file.isFile()) {
            return;
        }
        byte[] found;
        try {
            found = read(file);
        } catch (BrokenFileException e) {
            refuse(e);
            return;
        }
        boolean settled = Arrays.equals(found, seen);
        seen = found;
        if (Arrays.equals(found, inEffect)) {
            refused = NOTHING;
            refusal = null;
            return;
        }
        if (!settled || Arrays.equals(found, refused)) {
            return;
        }
        try {
            String what = replace.apply(found);
            inEffect = found;
            refusal = null;
            log.info("{} has changed and is in effect: {}", name, what);
        } catch (RuntimeException e) {
            refused = found;
            refuse(e);
        }
    }

    private void refuse(RuntimeException e) {
        String sentence = String.valueOf(e.getMessage());
        if (!sentence.equals(refusal)) {
            log.error("{} is not taken in, and what was in effect stays: {}", name, sentence);
        }
        refusal = sentence;
    }
}
