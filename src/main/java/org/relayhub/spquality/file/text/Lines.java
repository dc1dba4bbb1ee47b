package org.relayhub.spquality.file.text;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The lines of a file, one after another, as bytes. Lines are found before anything is decoded: no byte of a character in
 * UTF-8 or GB18030 is a line feed, but one in GB18030 may well be a {@code |}. A line that is too long is passed over to
 * its end, without being kept.
 */
public final class Lines {

    /** The longest line, in bytes and without its end: ten times what a record can need. */
    public static final int LONGEST = 4096;

    private static final int BUFFER = 1 << 18;

    private final InputStream content;
    private final MessageDigest digest;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int limit;
    private boolean ended;

    private int from;
    private int to;
    private boolean tooLong;
    private long number;
    private long size;

    /** @param digest is fed with every byte that is read */
    public Lines(InputStream content, MessageDigest digest) {
        this.content = content;
        this.digest = digest;
    }

    /** Goes to the next line; false if there is none. */
    public boolean next() throws IOException {
        from = next;
        int scanned = from;
        tooLong = false;
        while (true) {
            while (scanned < limit) {
                if (buffer[scanned] == '\n') {
                    next = scanned + 1;
                    endLine(scanned);
                    return true;
                }
                scanned++;
            }
            if (ended) {
                next = limit;
                if (from == limit && !tooLong) {
                    return false;
                }
                endLine(limit);
                return true;
            }
            if (scanned - from > LONGEST + 1) {
                // What it begins with says what it was meant to be; the rest of it is of no use.
                tooLong = true;
                limit = from + LONGEST;
                scanned = limit;
            }
            scanned -= from;
            fill();
            scanned += from;
        }
    }

    private void endLine(int end) {
        to = end;
        if (to > from && buffer[to - 1] == '\r') {
            to--;
        }
        tooLong |= to - from > LONGEST;
        number++;
    }

    /** Reads on, after what is kept of the line that is not complete. */
    private void fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, limit - from);
        limit -= from;
        from = 0;
        int read = content.read(buffer, limit, BUFFER - limit);
        if (read < 0) {
            ended = true;
            return;
        }
        digest.update(buffer, limit, read);
        size += read;
        limit += read;
    }

    /** Whose part from {@link #from} to {@link #to} is the line; valid until the next one. */
    public byte[] bytes() {
        return buffer;
    }

    /** Where the line begins in {@link #bytes}. */
    public int from() {
        return from;
    }

    /** Where it ends there. */
    public int to() {
        return to;
    }

    /** Leaves out what the line begins with. */
    public void skip(int bytes) {
        from += bytes;
    }

    /** Whether the line begins with these bytes. */
    public boolean startsWith(byte... start) {
        if (to - from < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (buffer[from + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** Whether the line is longer than any may be, and not whole. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** Which line it is, from 1; after the last one, how many there are. */
    public long number() {
        return number;
    }

    /** How many bytes were read. */
    public long size() {
        return size;
    }
}
