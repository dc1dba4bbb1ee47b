package org.relayhub.delivery.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.DISPATCH;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.message.Party;
import org.relayhub.ticket.Ledger;

/** Hubs that know of each other by the real database. */
class PresenceTest {

    private static final PresenceSettings CALM = new PresenceSettings(Duration.ofMinutes(1), Duration.ofMinutes(10));
    private static final PresenceSettings HASTY = new PresenceSettings(Duration.ofMillis(100), Duration.ofMillis(500));

    private final TestDatabase database = TestDatabase.empty();
    private final List<Presence> started = new ArrayList<>();
    private final AtomicInteger namesLost = new AtomicInteger();

    @AfterEach
    void stop() {
        started.forEach(Presence::stop);
    }

    private Presence hub(String name, String run, PresenceSettings settings) {
        return new Presence(database.client(), name, run, settings, namesLost::incrementAndGet);
    }

    private Presence start(String name, String run, PresenceSettings settings) {
        Presence presence = hub(name, run, settings);
        presence.start();
        started.add(presence);
        return presence;
    }

    private void isSilentFor(String hub, Duration time) {
        database.client()
                .sql("update hub set heard_at = now() - :time * interval '1 millisecond' where name = :hub")
                .param("time", time.toMillis())
                .param("hub", hub)
                .update();
    }

    /** A message that a hub has claimed for an hour. */
    private void holdsOne(String hub) {
        new Ledger(database.client(), database.transaction(), Clock.systemUTC())
                .accept(Messages.message(
                        DISPATCH, Party.of("CRM-250"), Party.of("CSVC-000"), "20261122CSVC2500000001"));
        database.client()
                .sql("update delivery set hub = :hub, claims = 1, next_try_at = now() + interval '1 hour'")
                .param("hub", hub)
                .update();
    }

    private boolean isDue() {
        return database.client()
                .sql("select hub is null and next_try_at <= now() from delivery")
                .query(Boolean.class)
                .single();
    }

    private List<String> hubs() {
        return database.client()
                .sql("select name from hub order by name")
                .query(String.class)
                .list();
    }

    @Test
    void what_a_silent_hub_held_is_due_at_once() {
        Presence living = start("hub-1", "a", CALM);
        start("hub-2", "b", CALM);
        holdsOne("hub-2");
        isSilentFor("hub-2", Duration.ofMinutes(11));
        assertThat(living.relieve()).containsExactly("hub-2");
        assertThat(isDue()).isTrue();
        assertThat(hubs()).containsExactly("hub-1");
    }

    @Test
    void one_that_was_heard_of_in_time_keeps_what_it_holds() {
        Presence living = start("hub-1", "a", CALM);
        start("hub-2", "b", CALM);
        holdsOne("hub-2");
        isSilentFor("hub-2", Duration.ofMinutes(9));
        assertThat(living.relieve()).isEmpty();
        assertThat(isDue()).isFalse();
    }

    @Test
    void a_hub_that_was_silent_itself_judges_nobody() {
        Presence asleep = start("hub-1", "a", CALM);
        start("hub-2", "b", CALM);
        holdsOne("hub-2");
        isSilentFor("hub-1", Duration.ofMinutes(11));
        isSilentFor("hub-2", Duration.ofMinutes(11));
        assertThat(asleep.relieve()).isEmpty();
        assertThat(isDue()).isFalse();
    }

    @Test
    void a_hub_that_was_given_up_and_lives_says_so_again() {
        Presence living = start("hub-1", "a", CALM);
        Presence asleep = start("hub-2", "b", CALM);
        isSilentFor("hub-2", Duration.ofMinutes(11));
        living.relieve();
        assertThat(asleep.say()).isTrue();
        assertThat(hubs()).containsExactly("hub-1", "hub-2");
    }

    @Test
    void hubs_relieve_each_other_by_themselves() {
        start("hub-1", "a", HASTY);
        hub("hub-2", "b", HASTY).say();
        holdsOne("hub-2");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(isDue()).isTrue());
    }

    @Test
    void no_two_that_live_share_a_name() {
        start("hub-1", "a", HASTY);
        Presence second = hub("hub-1", "b", HASTY);
        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(second::start)
                .withMessageContaining("hub-1");
        assertThat(namesLost).hasValue(0);
    }

    @Test
    void the_name_of_one_that_was_killed_is_free() {
        hub("hub-1", "a", HASTY).say();
        start("hub-1", "b", HASTY);
        assertThat(hubs()).containsExactly("hub-1");
    }

    @Test
    void so_is_that_of_one_whose_last_word_is_of_a_time_to_come() {
        hub("hub-1", "a", HASTY).say();
        isSilentFor("hub-1", Duration.ofHours(-1));
        start("hub-1", "b", HASTY);
        assertThat(hubs()).containsExactly("hub-1");
    }

    @Test
    void one_whose_name_was_taken_ends() {
        start("hub-1", "a", HASTY);
        database.client().sql("update hub set run = 'b'").update();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(namesLost).hasValue(1));
    }

    @Test
    void a_hub_that_was_stopped_in_order_leaves_its_name() {
        start("hub-1", "a", CALM).stop();
        assertThat(hubs()).isEmpty();
    }
}
