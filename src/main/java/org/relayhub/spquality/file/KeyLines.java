package org.relayhub.spquality.file;

import com.carrotsearch.hppc.BitMixer;
import com.carrotsearch.hppc.LongIntHashMap;
import java.security.SecureRandom;

/**
 * In which line each key stands. Where a key is kept depends on numbers that nobody knows: else a sender could choose keys
 * that all belong in one place, and a file of a megabyte would take hours.
 */
class KeyLines extends LongIntHashMap {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final long seed = RANDOM.nextLong();
    private final long factor = RANDOM.nextLong() | 1;

    /** @param keys how many are expected */
    KeyLines(int keys) {
        super(keys);
    }

    @Override
    protected int hashKey(long key) {
        return (int) BitMixer.mix64((key ^ seed) * factor);
    }
}
