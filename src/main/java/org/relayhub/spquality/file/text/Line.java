package org.relayhub.spquality.file.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;

/** A line as its parts, separated by {@code |}; used again for the next one. */
public final class Line {

    private static final int KEPT_PARTS = 16;

    private final char[] chars = new char[Lines.LONGEST];
    private final CharBuffer target = CharBuffer.wrap(chars);
    private final int[] ends = new int[KEPT_PARTS];
    private int length;
    private int parts;

    /** Takes a line over; false if its bytes are not valid in the encoding. */
    public boolean read(ByteBuffer bytes, Encoding encoding) {
        int decoded = encoding.decode(bytes, target);
        length = Math.max(decoded, 0);
        parts = 0;
        for (int i = 0; i < length; i++) {
            if (chars[i] == '|') {
                endPart(i);
            }
        }
        endPart(length);
        return decoded >= 0;
    }

    private void endPart(int end) {
        if (parts < KEPT_PARTS) {
            ends[parts] = end;
        }
        parts++;
    }

    /** How many parts there are, the line's type included. */
    public int parts() {
        return parts;
    }

    /** The line's characters; a part of them is from {@link #from} to {@link #to}. */
    public char[] chars() {
        return chars;
    }

    /** Where a part begins; the line's type is part 0. */
    public int from(int part) {
        return part == 0 ? 0 : ends[part - 1] + 1;
    }

    /** Where a part ends. */
    public int to(int part) {
        return ends[part];
    }

    /** Where the line ends. */
    public int length() {
        return length;
    }

    /** A part as a text. */
    public String text(int part) {
        return new String(chars, from(part), to(part) - from(part));
    }
}
