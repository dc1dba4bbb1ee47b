package org.relayhub.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.HubProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A hub at half of what it can take, for long: what it holds does not grow, and its promises are kept all the while. Only where
 * it is asked for: {@code -Dsoak.minutes=30}.
 */
@Tag("measured")
@EnabledIfSystemProperty(
        named = "soak.minutes",
        matches = "\\d+",
        disabledReason = "takes as long as -Dsoak.minutes says")
class SoakIT {

    private static final Logger log = LoggerFactory.getLogger(SoakIT.class);

    private static final int PEOPLE = 16;
    private static final Duration WARM_UP = Duration.ofSeconds(60);
    private static final Duration MEASURED = Duration.ofSeconds(30);
    private static final Duration CALL = Duration.ofSeconds(10);

    /** What the machine has beside it, and what a sample happens to meet. */
    private static final double NOISE = 1.1;

    /** What a hub holds, after a full collection. */
    private record Held(
            double heapMegabytes, double residentMegabytes, double threads, double files, double connections) {

        static Held of(HubProcess hub, Site site) throws Exception {
            hub.collectGarbage();
            return new Held(
                    hub.metrics("jvm_memory_used_bytes{area=\"heap\"") / (1 << 20),
                    hub.residentMegabytes(),
                    hub.metrics("jvm_threads_live_threads"),
                    hub.metrics("process_files_open_files"),
                    JdbcClient.create(site.database().books())
                            .sql("select count(*) from pg_stat_activity where backend_type = 'client backend'")
                            .query(Integer.class)
                            .single());
        }
    }

    @Test
    void what_a_hub_holds_does_not_grow(@TempDir Path folder) throws Exception {
        int minutes = Integer.getInteger("soak.minutes");
        try (Site site = new Site(folder, 1, CALL, CALL.multipliedBy(3), HubProcess.Jvm.DEPLOYED)) {
            double full = mostOf(site);
            Load load = half(full, site);
            List<Held> held = new ArrayList<>();
            for (int minute = 1; minute <= minutes; minute++) {
                TimeUnit.MINUTES.sleep(1);
                held.add(Held.of(site.hubs().get(0), site));
                log.info("minute {}, {} messages: {}", minute, load.acknowledged(), held.get(minute - 1));
            }
            load.assertKept();
            int third = held.size() / 3;
            assertFlat("heap", held, third, Held::heapMegabytes);
            assertFlat("resident", held, third, Held::residentMegabytes);
            assertFlat("threads", held, third, Held::threads);
            assertFlat("files", held, third, Held::files);
            assertFlat("connections", held, third, Held::connections);
        }
    }

    /** How many messages a second it takes when nobody waits. */
    private static double mostOf(Site site) throws Exception {
        Load load = Load.on(site, 1, PEOPLE, () -> {});
        TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
        int from = load.acknowledged();
        TimeUnit.MILLISECONDS.sleep(MEASURED.toMillis());
        double full = (load.acknowledged() - from) / (double) MEASURED.toSeconds();
        load.assertKept();
        return full;
    }

    private static Load half(double full, Site site) {
        RateLimiter limit = RateLimiter.of(
                "half",
                RateLimiterConfig.custom()
                        .limitRefreshPeriod(Duration.ofSeconds(1))
                        .limitForPeriod(Math.max(1, (int) (full / 2)))
                        .timeoutDuration(Duration.ofMinutes(1))
                        .build());
        log.info("{} messages a second at most, {} from now on", full, full / 2);
        return Load.on(site, 2, PEOPLE, limit::acquirePermission);
    }

    /** The last third of the samples against the second: the first is when caches and pools fill. */
    private static void assertFlat(String what, List<Held> held, int third, ToDoubleFunction<Held> figure) {
        double before = median(held.subList(third, 2 * third), figure);
        double after = median(held.subList(2 * third, held.size()), figure);
        log.info("{}: {} in the second third, {} in the last", what, before, after);
        assertThat(after).as(what).isPositive().isLessThan(before * NOISE);
    }

    private static double median(List<Held> held, ToDoubleFunction<Held> figure) {
        return held.stream().mapToDouble(figure).sorted().toArray()[held.size() / 2];
    }
}
