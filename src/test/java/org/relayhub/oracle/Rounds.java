package org.relayhub.oracle;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/**
 * What the loss oracle is to do: {@code -Doracle.faults=HUB_KILLED,PEER_DIES}, {@code -Doracle.rounds=100} of each,
 * {@code -Doracle.hubs=3}, {@code -Doracle.seed=1}. What is not said is as an ordinary build has it.
 *
 * @param number how often each fault happens
 */
record Rounds(Set<Fault> faults, int number, int hubs, long seed) {

    /** What was asked for on the command line, or else this. */
    static Rounds askedOr(Set<Fault> faults, int number, int hubs) {
        return new Rounds(
                faults(System.getProperty("oracle.faults"), faults),
                Integer.getInteger("oracle.rounds", number),
                Integer.getInteger("oracle.hubs", hubs),
                Long.getLong("oracle.seed", System.nanoTime()));
    }

    /** A test for each of the faults. */
    Stream<DynamicTest> tests(Site site) {
        return faults.stream().map(fault -> DynamicTest.dynamicTest(fault.name(), () -> Load.under(fault, site, this)));
    }

    private static Set<Fault> faults(@Nullable String asked, Set<Fault> otherwise) {
        return asked == null
                ? otherwise
                : Arrays.stream(asked.split(","))
                        .map(Fault::valueOf)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)));
    }
}
