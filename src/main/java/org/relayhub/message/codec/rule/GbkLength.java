package org.relayhub.message.codec.rule;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/** How long a text is to a system that counts in GBK, as the contract's lengths do. */
public final class GbkLength {

    private static final byte[] WIDTH_OF_CHAR = widths();

    /** A character beyond the basic plane is never in GBK, and four bytes in GB18030. */
    private static final int SUPPLEMENTARY = 4;

    private GbkLength() {}

    /** The bytes of a text in GBK; a character that GBK lacks counts as in GB18030, which has them all. */
    public static int of(String text) {
        return of(text.toCharArray(), 0, text.length());
    }

    /** The same of a part of some characters. */
    public static int of(char[] text, int from, int to) {
        int bytes = 0;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (Character.isHighSurrogate(c)) {
                bytes += SUPPLEMENTARY;
                i++;
            } else {
                bytes += WIDTH_OF_CHAR[c];
            }
        }
        return bytes;
    }

    private static byte[] widths() {
        CharsetEncoder gbk = Charset.forName("GBK").newEncoder();
        CharsetEncoder gb18030 = Charset.forName("GB18030").newEncoder();
        byte[] widths = new byte[Character.MAX_VALUE + 1];
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            char character = (char) c;
            if (!Character.isSurrogate(character)) {
                widths[c] = width(gbk.canEncode(character) ? gbk : gb18030, character);
            }
        }
        return widths;
    }

    private static byte width(CharsetEncoder encoder, char character) {
        try {
            return (byte)
                    encoder.encode(CharBuffer.wrap(new char[] {character})).remaining();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("GB18030 has every character", e);
        }
    }
}
