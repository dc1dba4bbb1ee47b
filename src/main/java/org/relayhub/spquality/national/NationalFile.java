package org.relayhub.spquality.national;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.relayhub.message.Serial;
import org.relayhub.spquality.file.FileName;

/**
 * A file of the nation's book, ready to be sent.
 *
 * @param body a temporary file that holds the D lines; it has no name any more, and is gone when it is closed or the hub dies
 * @param content their SHA-256
 */
record NationalFile(FileName name, Instant created, FileChannel body, String content, long records, long callsOffered)
        implements Closeable {

    /** From its header to its trailer; read as often as it is asked for, once at a time. */
    InputStream open() throws IOException {
        String header = "H|SPQ|000|%s|UTF-8|%s|%d\n"
                .formatted(FileName.shown(name.month()), Serial.compactTime(created), records);
        String trailer = "T|%d|%d\n".formatted(records, callsOffered);
        return new SequenceInputStream(Collections.enumeration(List.of(line(header), lines(), line(trailer))));
    }

    private InputStream lines() throws IOException {
        return new FilterInputStream(Channels.newInputStream(body.position(0))) {
            @Override
            public void close() {
                // The file would be gone.
            }
        };
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private static InputStream line(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    String sha256() throws IOException {
        MessageDigest digest = NationalFileWriter.sha256();
        try (var all = new DigestInputStream(open(), digest)) {
            all.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
