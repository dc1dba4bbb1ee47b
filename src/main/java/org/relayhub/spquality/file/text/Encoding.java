package org.relayhub.spquality.file.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Decodes lines, strictly: by the encoding that a header states, or by whichever fits while none is stated. */
public final class Encoding {

    private static final String UTF_8 = "UTF-8";
    private static final String GB18030 = "GB18030";

    private final List<CharsetDecoder> decoders;

    private Encoding(Charset... charsets) {
        decoders = java.util.Arrays.stream(charsets)
                .map(charset -> charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT))
                .toList();
    }

    /** The encoding that a header states; empty if none of that name is allowed. */
    public static Optional<Encoding> of(String stated) {
        return switch (stated) {
            case UTF_8 -> Optional.of(new Encoding(StandardCharsets.UTF_8));
            case GB18030 -> Optional.of(new Encoding(Charset.forName(GB18030)));
            default -> Optional.empty();
        };
    }

    /** Whichever fits. */
    public static Encoding any() {
        return new Encoding(StandardCharsets.UTF_8, Charset.forName(GB18030));
    }

    /** Decodes a whole line; returns its length in {@code chars}, or -1 if it is not valid. */
    public int decode(ByteBuffer bytes, CharBuffer chars) {
        int from = bytes.position();
        for (CharsetDecoder decoder : decoders) {
            bytes.position(from);
            chars.clear();
            decoder.reset();
            if (!decoder.decode(bytes, chars, true).isError()
                    && !decoder.flush(chars).isError()) {
                return chars.position();
            }
        }
        return -1;
    }
}
