package org.relayhub.adapter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.relayhub.message.codec.SafeParsers;

/**
 * Reads what a caller sends, whole and within a time. The server waits a few seconds for each next byte; a caller that sends
 * one now and then would keep a thread for days, and a few hundred of them all threads that there are.
 */
final class WholeBody {

    /** Enough for 1 MiB over a line of 300 kbit/s. */
    static final Duration WITHIN = Duration.ofSeconds(30);

    private static final int PIECE = 8192;

    /** The caller has not sent all of it in time. */
    static final class TooSlowException extends IOException {

        private static final long serialVersionUID = 1L;

        TooSlowException() {
            super("The request did not come within " + WITHIN.toSeconds() + " seconds");
        }
    }

    private WholeBody() {}

    /**
     * Reads to the end, or one byte more than a document may have.
     *
     * @throws TooSlowException if the end does not come in time
     */
    static byte[] read(InputStream body) throws IOException {
        return read(body, System::nanoTime);
    }

    /** @param nanos a clock that counts nanoseconds */
    static byte[] read(InputStream body, LongSupplier nanos) throws IOException {
        long began = nanos.getAsLong();
        var content = new ByteArrayOutputStream();
        byte[] piece = new byte[PIECE];
        while (content.size() <= SafeParsers.MAX_BYTES) {
            int read = body.read(piece, 0, Math.min(PIECE, SafeParsers.MAX_BYTES + 1 - content.size()));
            if (read < 0) {
                break;
            }
            content.write(piece, 0, read);
            if (nanos.getAsLong() - began > WITHIN.toNanos()) {
                throw new TooSlowException();
            }
        }
        return content.toByteArray();
    }
}
