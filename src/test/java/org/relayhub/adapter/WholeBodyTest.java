package org.relayhub.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.relayhub.message.codec.SafeParsers;

class WholeBodyTest {

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger sent = new AtomicInteger();

    /** A caller that sends one byte, and the next one some seconds later. */
    private InputStream oneByteEvery(int seconds, int bytes) {
        return new InputStream() {
            @Override
            public int read() {
                throw new UnsupportedOperationException("pieces only");
            }

            @Override
            public int read(byte[] to, int from, int length) {
                if (sent.get() == bytes) {
                    return -1;
                }
                nanos.addAndGet(seconds * 1_000_000_000L);
                sent.incrementAndGet();
                to[from] = 'x';
                return 1;
            }
        };
    }

    @Test
    void a_caller_that_sends_byte_by_byte_is_waited_for_no_longer_than_half_a_minute() {
        assertThatThrownBy(() -> WholeBody.read(oneByteEvery(4, 1_000_000), nanos::get))
                .isInstanceOf(WholeBody.TooSlowException.class);
        assertThat(sent).hasValueLessThan(10);
    }

    @Test
    void a_caller_on_a_slow_line_is_read_to_its_end() throws IOException {
        assertThat(WholeBody.read(oneByteEvery(4, 7), nanos::get)).hasSize(7);
    }

    @Test
    void of_one_that_sends_without_end_one_byte_too_many_is_read() throws IOException {
        assertThat(WholeBody.read(oneByteEvery(0, Integer.MAX_VALUE), nanos::get))
                .hasSize(SafeParsers.MAX_BYTES + 1);
    }
}
