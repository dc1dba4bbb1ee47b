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

/** One hub under load and under every fault: what was acknowledged is delivered once and in order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {

    private final Rounds rounds = Rounds.askedOr(EnumSet.allOf(Fault.class), 1, 1);
    private final Site site;

    FaultsIT(@TempDir Path folder) throws IOException {
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
