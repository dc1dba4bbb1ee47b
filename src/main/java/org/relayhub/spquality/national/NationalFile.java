package org.relayhub.spquality.national;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * @param body a temporary file that holds the D lines
 * @param content their SHA-256
 */
record NationalFile(FileName name, Instant created, Path body, String content, long records, long callsOffered) {

    /** From its header to its trailer; read as often as it is asked for. */
    InputStream open() throws IOException {
        String header = "H|SPQ|000|%s|UTF-8|%s|%d%n"
                .formatted(FileName.shown(name.month()), Serial.compactTime(created), records);
        String trailer = "T|%d|%d%n".formatted(records, callsOffered);
        return new SequenceInputStream(
                Collections.enumeration(List.of(line(header), Files.newInputStream(body), line(trailer))));
    }

    private static InputStream line(String text) {
        return new java.io.ByteArrayInputStream(text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
    }

    String sha256() throws IOException {
        MessageDigest digest = NationalFileWriter.sha256();
        try (var all = new DigestInputStream(open(), digest)) {
            all.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
