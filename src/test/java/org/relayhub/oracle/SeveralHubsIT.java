package org.relayhub.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Hubs that share the work, while one or the other is killed or falls asleep. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralHubsIT {

    private final Rounds rounds =
            Rounds.askedOr(EnumSet.of(Fault.HUB_KILLED, Fault.HUB_ASLEEP, Fault.DATABASE_KILLED), 2, 2);
    private final Site site;

    SeveralHubsIT(@TempDir Path folder) throws IOException {
        site = new Site(folder, rounds.hubs());
    }

    @AfterAll
    void stop() throws IOException {
        site.close();
    }

    @TestFactory
    Stream<DynamicTest> what_is_acknowledged_is_delivered_once_and_in_order() {
        return rounds.tests(site);
    }
}
