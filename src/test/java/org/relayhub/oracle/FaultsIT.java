package org.relayhub.oracle;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One hub under load and under every fault: what was acknowledged is delivered once and in order. How often each happens, and
 * the seed, can be set: {@code mvn verify -Dtest=NONE -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=FaultsIT
 * -Doracle.rounds=10 -Doracle.seed=1}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {

    private final int rounds = Integer.getInteger("oracle.rounds", 1);
    private final long seed = Long.getLong("oracle.seed", System.nanoTime());
    private final Site site;

    FaultsIT(@TempDir Path folder) throws IOException {
        site = new Site(folder, 1);
    }

    @AfterAll
    void stop() throws IOException {
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_acknowledged_is_delivered_once_and_in_order(Fault fault) throws Exception {
        Load.under(fault, site, rounds, seed);
    }
}
