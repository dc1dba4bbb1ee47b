package org.relayhub.spquality.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.carrotsearch.hppc.LongIntHashMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KeyLinesTest {

    /** Of these the library's own way of hashing makes one number. */
    private static final LongStream CHOSEN =
            LongStream.range(1, 10_001).map(i -> (i << 32 | i) * inverse(0x9e3779b97f4a7c15L));

    /** By what a product with an odd number is undone, by Newton's way: each step doubles the right bits. */
    private static long inverse(long odd) {
        long inverse = odd;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - odd * inverse;
        }
        return inverse;
    }

    @Test
    void nobody_can_choose_keys_that_belong_in_one_place() {
        long[] chosen = CHOSEN.toArray();
        var library = new LongIntHashMap() {
            long places() {
                return LongStream.of(chosen).map(this::hashKey).distinct().count();
            }
        };
        var own = new KeyLines(chosen.length) {
            long places() {
                return LongStream.of(chosen).map(this::hashKey).distinct().count();
            }
        };

        assertThat(library.places()).as("the attack is one").isEqualTo(1);
        assertThat(own.places()).isGreaterThan(9_900);
    }

    @Test
    void each_table_has_places_of_its_own() {
        assertThat(new KeyLines(4).hashKey(1)).isNotEqualTo(new KeyLines(4).hashKey(1));
    }
}
