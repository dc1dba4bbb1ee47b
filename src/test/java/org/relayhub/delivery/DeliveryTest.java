package org.relayhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.URGE;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.ticket.Ledger;

/** Claims and settlements against the real database. */
class DeliveryTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party OTHER = Party.of("SIMS-000");
    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final Duration GIVE_UP = Duration.ofHours(24);
    private static final DeliverySettings.HeadStart HEAD_START =
            new DeliverySettings.HeadStart(Duration.ofMinutes(10), Duration.ofHours(1));
    private static final String ONE = "20261122CSVC2500000001";
    private static final String TWO = "20261122CSVC2500000002";

    private TestDatabase database = TestDatabase.empty();
    private @Nullable Settlements settlements;

    @BeforeEach
    void emptyLedger() {
        database = TestDatabase.empty();
        settle(GIVE_UP);
    }

    @AfterEach
    void stop() {
        if (settlements != null) {
            settlements.stop();
        }
    }

    private void settle(Duration giveUpAfter) {
        stop();
        var retry = new DeliverySettings.Retry(Duration.ZERO, Duration.ZERO, 2, 0, giveUpAfter);
        settlements = new Settlements(
                database.client(),
                new RetryPolicy(retry, party -> Optional.empty(), java.util.random.RandomGenerator::getDefault),
                "hub-1",
                100,
                new DeliveryFigures(new SimpleMeterRegistry()),
                party -> {});
        settlements.start();
    }

    private DueDeliveries hub(String name) {
        return new DueDeliveries(database.client(), name, LEASE, party -> GIVE_UP, HEAD_START);
    }

    private void accept(Activity activity, Party from, Party to, String ticket) {
        var ledger = new Ledger(database.client(), database.transaction(), Clock.systemUTC());
        assertThat(ledger.accept(Messages.message(activity, from, to, ticket)).code())
                .isEqualTo("0000");
    }

    private List<Claim> claim(DueDeliveries hub) {
        return hub.claim(Map.of(CSVC, 10));
    }

    private void settled(Claim claim, Settlement.Result result, String code) {
        if (settlements == null) {
            throw new IllegalStateException("not started");
        }
        settlements.add(new Settlement(claim, result, code, "said so", "PEER1", Instant.now(), Duration.ofMillis(5)));
        await().until(() ->
                rows("select hub from delivery where delivery_id = " + claim.deliveryId() + " and hub is null")
                                .size()
                        == 1);
    }

    private List<String> rows(String sql) {
        return database.client()
                .sql(sql)
                .query((row, n) -> String.valueOf(row.getString(1)))
                .list();
    }

    private String state(Claim claim) {
        return rows("select state from delivery where delivery_id = " + claim.deliveryId())
                .get(0);
    }

    @Test
    void of_a_leg_only_the_oldest_unsettled_message_is_due() {
        accept(DISPATCH, CRM, CSVC, ONE);
        accept(COMMENT, CRM, CSVC, ONE);
        accept(DISPATCH, CRM, CSVC, TWO);
        DueDeliveries hub = hub("hub-1");

        List<Claim> first = claim(hub);
        assertThat(first).extracting(Claim::activity).containsExactly(DISPATCH, DISPATCH);
        assertThat(claim(hub)).as("the comment waits for its dispatch").isEmpty();

        settled(first.get(0), Settlement.Result.DELIVERED, "0000");
        assertThat(claim(hub)).singleElement().extracting(Claim::activity).isEqualTo(COMMENT);
    }

    @Test
    void a_message_that_waits_for_its_next_try_holds_back_its_ticket_and_no_other() {
        accept(DISPATCH, CRM, CSVC, ONE);
        accept(URGE, CRM, CSVC, ONE);
        DueDeliveries hub = hub("hub-1");
        Claim dispatch = claim(hub).get(0);
        settled(dispatch, Settlement.Result.RETRY, "0113");
        database.client()
                .sql("update delivery set next_try_at = now() + interval '1 hour' where state = 'retrying'")
                .update();
        accept(DISPATCH, CRM, CSVC, TWO);

        assertThat(claim(hub)).extracting(Claim::serial).containsExactly(3L);
    }

    @Test
    void a_claim_holds_until_its_lease_runs_out_and_then_another_hub_takes_over() {
        accept(DISPATCH, CRM, CSVC, ONE);
        Claim stale = claim(hub("hub-1")).get(0);
        assertThat(claim(hub("hub-2"))).isEmpty();
        database.client().sql("update delivery set next_try_at = now()").update();

        Claim fresh = claim(hub("hub-2")).get(0);
        assertThat(fresh.deliveryId()).isEqualTo(stale.deliveryId());
        settled(fresh, Settlement.Result.DELIVERED, "0000");
        settled(stale, Settlement.Result.RETRY, "0114");

        assertThat(state(fresh)).as("the stale claim may not settle").isEqualTo("delivered");
    }

    @Test
    void a_hub_that_starts_again_frees_what_it_held() {
        accept(DISPATCH, CRM, CSVC, ONE);
        claim(hub("hub-1"));

        assertThat(hub("hub-2").freeOwn()).isZero();
        assertThat(hub("hub-1").freeOwn()).isEqualTo(1);
        assertThat(claim(hub("hub-1"))).hasSize(1);
    }

    @Test
    void hubs_that_claim_at_once_never_hold_the_same_message() throws Exception {
        for (int i = 1; i <= 200; i++) {
            accept(DISPATCH, CRM, CSVC, "20261122CSVC250%07d".formatted(i));
        }
        List<Long> claimed = Collections.synchronizedList(new ArrayList<>());
        var pool = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> hubs = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            DueDeliveries hub = hub("hub-" + i);
            hubs.add(() -> {
                List<Claim> claims = claim(hub);
                while (!claims.isEmpty()) {
                    claims.forEach(claim -> claimed.add(claim.deliveryId()));
                    claims = claim(hub);
                }
                return true;
            });
        }
        for (var result : pool.invokeAll(hubs)) {
            assertThat(result.get()).isTrue();
        }
        pool.shutdown();
        // A hub may find nothing while another holds the locks; what is left is due as before.
        claim(hub("hub-9")).forEach(claim -> claimed.add(claim.deliveryId()));
        assertThat(claimed).doesNotHaveDuplicates();
        assertThat(claimed.size()).isGreaterThan(100);
    }

    @Test
    void each_lane_gets_no_more_than_it_can_take() {
        for (int i = 1; i <= 5; i++) {
            accept(DISPATCH, CRM, CSVC, "20261122CSVC250%07d".formatted(i));
        }
        accept(DISPATCH, CSVC, OTHER, ONE);

        List<Claim> claims = hub("hub-1").claim(Map.of(CSVC, 2, OTHER, 5));

        assertThat(claims)
                .extracting(claim -> claim.party().toString())
                .containsExactlyInAnyOrder("CSVC-000", "CSVC-000", "SIMS-000");
    }

    @Test
    void a_suspended_party_gets_nothing() {
        accept(DISPATCH, CRM, CSVC, ONE);
        database.client()
                .sql("insert into suspension values ('CSVC-000', 'operator', now(), 'maintenance')")
                .update();
        assertThat(claim(hub("hub-1"))).isEmpty();

        database.client().sql("delete from suspension").update();
        assertThat(claim(hub("hub-1"))).hasSize(1);
    }

    @Test
    void a_message_whose_time_is_over_becomes_a_dead_letter_that_holds_its_leg() {
        settle(Duration.ZERO);
        accept(DISPATCH, CRM, CSVC, ONE);
        accept(COMMENT, CRM, CSVC, ONE);
        DueDeliveries hub = new DueDeliveries(database.client(), "hub-1", LEASE, party -> Duration.ZERO, HEAD_START);
        Claim dispatch = claim(hub).get(0);
        database.client()
                .sql("update delivery set give_up_at = now() - interval '1 second' where claims > 0")
                .update();

        settled(dispatch, Settlement.Result.RETRY, "0114");

        assertThat(state(dispatch)).isEqualTo("dead");
        assertThat(claim(hub)).as("what comes behind it waits").isEmpty();
    }

    @Test
    void a_message_that_is_refused_for_good_becomes_a_dead_letter_that_holds_nothing() {
        accept(DISPATCH, CRM, CSVC, ONE);
        DueDeliveries hub = hub("hub-1");
        settled(claim(hub).get(0), Settlement.Result.DELIVERED, "0000");
        accept(URGE, CRM, CSVC, ONE);
        accept(COMMENT, CRM, CSVC, ONE);
        Claim urge = claim(hub).get(0);

        settled(urge, Settlement.Result.REFUSED, "2998");

        assertThat(state(urge)).isEqualTo("dead");
        assertThat(claim(hub)).extracting(Claim::activity).containsExactly(COMMENT);
    }

    @Test
    void a_party_that_is_left_alone_costs_no_try() {
        accept(DISPATCH, CRM, CSVC, ONE);
        Claim claim = claim(hub("hub-1")).get(0);

        settled(claim, Settlement.Result.NOT_TRIED, "0132");

        assertThat(state(claim)).isEqualTo("pending");
        assertThat(rows("select attempts from delivery")).containsExactly("0");
        assertThat(rows("select code from attempt")).isEmpty();
    }

    @Test
    void every_try_is_kept_with_its_answer() {
        accept(DISPATCH, CRM, CSVC, ONE);
        DueDeliveries hub = hub("hub-1");
        settled(claim(hub).get(0), Settlement.Result.RETRY, "0113");
        settled(claim(hub).get(0), Settlement.Result.DELIVERED, "0000");

        assertThat(rows("select attempt || ' ' || code || ' ' || trans_idh from attempt order by attempt"))
                .containsExactly("1 0113 PEER1", "2 0000 PEER1");
        assertThat(rows("select state || ' ' || attempts from delivery")).containsExactly("delivered 2");
    }

    @Test
    void waits_grow_to_the_longest_and_vary_by_the_jitter() {
        var settings =
                new DeliverySettings.Retry(Duration.ofSeconds(1), Duration.ofMinutes(5), 2, 0.2, Duration.ofHours(24));
        var random = new java.util.Random(1);
        var policy = new RetryPolicy(settings, party -> Optional.empty(), () -> random);

        assertThat(policy.waitAfter(CSVC, 1)).isBetween(Duration.ofMillis(800), Duration.ofMillis(1200));
        assertThat(policy.waitAfter(CSVC, 4)).isBetween(Duration.ofMillis(6400), Duration.ofMillis(9600));
        assertThat(policy.waitAfter(CSVC, 100)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(6));
        assertThat(policy.waitAfter(CSVC, 3)).isNotEqualTo(policy.waitAfter(CSVC, 3));
    }
}
