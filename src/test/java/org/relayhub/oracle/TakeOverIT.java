package org.relayhub.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.HubProcess;
import org.relayhub.RecordingPeer.Mishap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Three hubs with the lease that they have by default, of which one dies while it holds messages. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TakeOverIT {

    private static final Logger log = LoggerFactory.getLogger(TakeOverIT.class);

    private static final int TICKETS = 40;
    private static final Duration TAKEN_OVER = Duration.ofSeconds(15);
    private static final String DEAD = "hub-1";

    private final Site site;
    private final JdbcClient books;

    TakeOverIT(@TempDir Path folder) throws IOException {
        site = new Site(folder, 3, Duration.ofSeconds(20), Duration.ofSeconds(60), HubProcess.Jvm.QUICK);
        books = JdbcClient.create(site.database().books());
    }

    @AfterAll
    void stop() throws IOException {
        site.close();
    }

    @Test
    void what_a_dead_hub_held_the_others_deliver_within_15_seconds() throws Exception {
        site.csvc().suffering(arrival -> Mishap.HANGS);
        var random = new Random();
        try (Desk desk = site.desk()) {
            for (int i = 0; i < TICKETS; i++) {
                desk.insist(
                        Script.of(random, site.newTicket(Site.CRM_SOAP), Site.CRM_SOAP)
                                .steps()
                                .get(0),
                        false);
            }
        }
        // The work is shared, and each waits for an answer to what it has sent.
        await("three hubs that hold messages").atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                        books.sql("select count(distinct hub) from delivery where hub is not null")
                                .query(Integer.class)
                                .single())
                .isEqualTo(3));
        site.hubs().get(0).kill();
        long died = System.nanoTime();
        List<Long> held = books.sql("select delivery_id from delivery where hub = :hub")
                .param("hub", DEAD)
                .query(Long.class)
                .list();
        site.csvc().suffering(arrival -> Mishap.NONE);
        await("what " + DEAD + " held is delivered")
                .atMost(TAKEN_OVER)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(books.sql(
                                        "select state from delivery where delivery_id in (:held) order by delivery_id")
                                .param("held", held)
                                .query(String.class)
                                .list())
                        .as("of %d", held.size())
                        .hasSize(held.size())
                        .containsOnly("delivered"));
        log.info(
                "{} messages of a dead hub were delivered by others within {} ms",
                held.size(),
                Duration.ofNanos(System.nanoTime() - died).toMillis());
    }
}
