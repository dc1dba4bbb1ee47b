package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.URGE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Activity;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;

/**
 * Two hubs, each as in production, look at the deadlines of one database; one is killed meanwhile, or both. What they say
 * counts where it arrives: at the two ends of each leg.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeadlinesOfTwoHubsIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Party CRM = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");

    /** A quarter of it is left for a warning: a hub that gets no processor for some seconds still comes in time. */
    private static final Duration WITHIN = Duration.ofSeconds(18);

    /** For what nobody is to be warned of. */
    private static final Duration WITHIN_LESS = Duration.ofSeconds(12);

    private static final int TICKETS = 12;
    /** As many as hubs have threads for timers, together. */
    private static final int MOST_LOOKS = 4;

    private static final Pattern KIND = Pattern.compile("<Kind>([A-Z_]+)</Kind>");
    private static final List<String> WARNING = List.of("SLA_WARNING to CRM-100", "SLA_WARNING to CSVC-000");
    private static final List<String> AFTERWARDS =
            List.of("urge to CSVC-000", "SLA_BREACH to CRM-100", "SLA_BREACH to CSVC-000");

    private final TestDatabase database = TestDatabase.empty();
    private final RecordingPeer crm = new RecordingPeer();
    private final RecordingPeer csvc = new RecordingPeer();
    private final HubProcess one;
    private final HubProcess other;

    /** What the hubs owed all tickets so far. */
    private final List<String> owed = new ArrayList<>();

    private int lastTicket;

    DeadlinesOfTwoHubsIT(@TempDir Path folder) throws IOException {
        one = hub(folder.resolve("hub-one"));
        other = hub(folder.resolve("hub-other"));
    }

    @AfterAll
    void stop() {
        one.close();
        other.close();
        crm.close();
        csvc.close();
    }

    private HubProcess hub(Path home) throws IOException {
        return ProductionHub.start(
                home,
                database.url(),
                "{CRM-100: {address: '%s'}, CSVC-000: {address: '%s'}}".formatted(crm.address(), csvc.address()),
                List.of(
                        "--hub.timers.poll-every=200ms",
                        "--hub.deadlines.look-every=200ms",
                        "--hub.deadlines.urge-at=80"));
    }

    /** Dispatches tickets, half of them by each hub, and waits until they have arrived and somebody knows when they are due. */
    private List<String> dispatched(Duration within) throws Exception {
        var dispatched = new ArrayList<String>();
        for (int i = 0; i < TICKETS; i++) {
            lastTicket++;
            String ticket = "20261122CSVC100%07d".formatted(lastTicket);
            String due = Serial.time(Clock.systemUTC().instant().plus(within));
            String document = Messages.message(DISPATCH, CRM, CSVC, ticket)
                    .canonical()
                    .replaceFirst("<DeadTime>[^<]*", "<DeadTime>" + due);
            HubProcess hub = i % 2 == 0 ? one : other;
            assertThat(new SoapCaller(hub.port(), ProductionHub.PASSWORD)
                            .send("crm-100", document)
                            .code())
                    .isEqualTo("0000");
            dispatched.add(ticket);
        }
        await().atMost(SOON).until(() -> legs("due_at is null") == 0 && undelivered() == 0);
        return dispatched;
    }

    private void owe(List<String> tickets, List<String> words) {
        tickets.forEach(ticket -> words.forEach(word -> owed.add(ticket + ": " + word)));
    }

    /** All that has arrived of what hubs say by themselves, each as often as it came. */
    private List<String> said() {
        return Stream.concat(said(crm, CRM), said(csvc, CSVC)).toList();
    }

    private static Stream<String> said(RecordingPeer peer, Party end) {
        return peer.arrivals().stream()
                .filter(arrival -> !arrival.activityCode().equals(code(DISPATCH)))
                .map(arrival -> arrival.indictSeq() + ": " + words(arrival) + " to " + end);
    }

    private static String words(RecordingPeer.Arrival arrival) {
        Matcher kind = KIND.matcher(arrival.wire());
        if (kind.find()) {
            return kind.group(1);
        }
        return arrival.activityCode().equals(code(URGE)) ? "urge" : arrival.activityCode();
    }

    private static String code(Activity activity) {
        return Messages.CODES.of(activity).activityCode();
    }

    private void assertNothingElseIsSaid() {
        assertThat(said()).containsExactlyInAnyOrderElementsOf(owed);
    }

    /** When no leg is to be looked at any more and nothing waits for its party, nothing else will come. */
    private void assertAllIsSaidOnce() {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(legs("check_at is not null")).as("legs to be looked at").isZero();
            assertThat(undelivered()).as("messages that have not arrived").isZero();
        });
        assertNothingElseIsSaid();
    }

    private void awaitUrged() {
        await().atMost(SOON).until(() -> legs("urged_at is null") == 0);
    }

    private long legs(String condition) {
        return count("leg where " + condition);
    }

    private long undelivered() {
        return count("delivery where state <> 'delivered'");
    }

    private long count(String what) {
        return database.client()
                .sql("select count(*) from " + what)
                .query(Long.class)
                .single();
    }

    /** How often the hubs have said in their logs that a leg is to be answered soon, or is not answered in time. */
    private long logged() throws IOException {
        long logged = 0;
        for (HubProcess hub : List.of(one, other)) {
            try (Stream<String> lines = Files.lines(hub.log().toPath())) {
                logged += lines.filter(line -> line.contains(" is to be answered soon: ")
                                || line.contains(" is not answered in time: "))
                        .count();
            }
        }
        return logged;
    }

    /** What a test does while a hub looks. */
    private interface Meanwhile {

        void act(HubProcess looking, HubProcess idle) throws Exception;
    }

    /**
     * Has one of the hubs look at a ticket that is locked: it is in the middle of its look, with the timer picked, until the
     * lock is gone.
     */
    private void whileOneLooks(String ticket, Meanwhile meanwhile) throws Exception {
        try (Connection lock = database.dataSource().getConnection();
                var statement = lock.prepareStatement("select 1 from ticket where indict_seq = ? for update")) {
            lock.setAutoCommit(false);
            statement.setString(1, ticket);
            statement.execute();
            lookAgain("indict_seq = '" + ticket + "'");
            awaitLooks(1);
            boolean isOne = database.client()
                    .sql("select picked_by from scheduled_tasks where task_name = 'deadlines' and picked")
                    .query(String.class)
                    .single()
                    .equals("hub-one");
            meanwhile.act(isOne ? one : other, isOne ? other : one);
            lock.rollback();
        }
    }

    /** Waits until so many looks are at what is locked. */
    private void awaitLooks(int looks) {
        await().atMost(SOON)
                .until(() ->
                        count("pg_stat_activity where wait_event_type = 'Lock' and query like 'select 1 from ticket%'")
                                == looks);
    }

    private void lookAgain(String condition) {
        database.client()
                .sql("update leg set check_at = now() where " + condition)
                .update();
    }

    @Test
    void everything_is_said_once_to_each_end_and_not_before_its_time_though_both_hubs_look_at_once() throws Exception {
        long before = logged();
        List<String> dispatched = dispatched(WITHIN);
        owe(dispatched, WARNING);
        owe(dispatched, AFTERWARDS);
        awaitUrged();
        whileOneLooks(dispatched.get(0), (looking, idle) -> {
            await().atMost(SOON).until(() -> legs("breached_at is null and due_at > now()") == 0);
            // As if it were taken for dead and is not, again and again, until both look with all that they have.
            for (int looks = 2; looks <= MOST_LOOKS; looks++) {
                database.client()
                        .sql("update scheduled_tasks set picked = false, picked_by = null, version = version + 1"
                                + " where task_name = 'deadlines'")
                        .update();
                awaitLooks(looks);
            }
        });

        assertAllIsSaidOnce();
        assertThat(logged() - before).as("each leg twice").isEqualTo(2 * TICKETS);
        assertThat(legs("warned_at < round_at + (due_at - round_at) * 0.75"
                        + " or urged_at < round_at + (due_at - round_at) * 0.8 or breached_at < due_at"))
                .isZero();
    }

    @Test
    void what_a_killed_hub_can_no_longer_say_the_other_says_and_it_is_not_said_again_when_the_first_comes_back()
            throws Exception {
        List<String> dispatched = dispatched(WITHIN);
        var killed = new ArrayList<HubProcess>();
        // Not the one that looks: until that is taken for dead it is too late for warnings.
        whileOneLooks(dispatched.get(0), (looking, idle) -> {
            idle.kill();
            killed.add(idle);
            assertNothingElseIsSaid();
        });
        owe(dispatched, WARNING);
        owe(dispatched, AFTERWARDS);
        awaitUrged();

        killed.get(0).startAgain();
        assertAllIsSaidOnce();
        lookAgain("true");
        assertAllIsSaidOnce();
    }

    @Test
    void what_was_due_while_no_hub_was_there_is_said_once_when_they_come_back_though_one_died_while_it_looked()
            throws Exception {
        List<String> dispatched = dispatched(WITHIN_LESS);
        whileOneLooks(dispatched.get(0), (looking, idle) -> {
            idle.kill();
            looking.kill();
        });
        await().atMost(SOON).until(() -> legs("due_at > now()") == 0);
        assertNothingElseIsSaid();
        // Two minutes later the timer is no longer the dead hub's.
        assertThat(database.client()
                        .sql("update scheduled_tasks set last_heartbeat = last_heartbeat - interval '2 minutes'"
                                + " where task_name = 'deadlines' and picked")
                        .update())
                .isEqualTo(1);

        one.startAgain();
        other.startAgain();
        // Nobody is warned of what has come already.
        owe(dispatched, AFTERWARDS);
        assertAllIsSaidOnce();
    }
}
