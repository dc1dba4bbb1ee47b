package org.relayhub.standalone.simulation.service;

import java.util.Random;

/** Chance that falls the same way whenever the same is asked, in every run and on every Java. */
final class Chance {

    private Chance() {}

    /** A generator that begins alike for like texts. Its sequence is laid down by the Javadoc of {@link Random}. */
    static Random of(String... about) {
        long seed = 0;
        for (String text : about) {
            seed = scattered(seed ^ text.hashCode());
        }
        return new Random(seed);
    }

    /** Neighbouring numbers must not draw alike: the finalizer of MurmurHash3. */
    private static long scattered(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
