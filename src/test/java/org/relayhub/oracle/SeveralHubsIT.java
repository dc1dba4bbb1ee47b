package org.relayhub.oracle;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two hubs that share the work, while one or the other is killed or falls asleep. In full: {@code mvn verify -Dtest=NONE
 * -Dsurefire.failIfNoSpecifiedTests=false -Dit.test=SeveralHubsIT -Doracle.rounds=100 -Doracle.seed=1}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralHubsIT {

    private final int rounds = Integer.getInteger("oracle.rounds", 2);
    private final long seed = Long.getLong("oracle.seed", System.nanoTime());
    private final Site site;

    SeveralHubsIT(@TempDir Path folder) throws IOException {
        site = new Site(folder, 2);
    }

    @AfterAll
    void stop() throws IOException {
        site.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"HUB_KILLED", "HUB_ASLEEP", "DATABASE_KILLED"})
    void what_is_acknowledged_is_delivered_once_and_in_order(Fault fault) throws Exception {
        Load.under(fault, site, rounds, seed);
    }
}
