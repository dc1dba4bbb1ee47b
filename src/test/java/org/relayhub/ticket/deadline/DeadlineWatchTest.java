package org.relayhub.ticket.deadline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.REPROCESS;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.UtcClock;
import org.relayhub.message.Activity;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentReader;
import org.relayhub.message.codec.DocumentSchema;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Notices;

/** What the hub says of tickets that are not answered, on a clock that the test moves. */
class DeadlineWatchTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String TICKET = "20261122CSVC2500000001";

    /** Ten o'clock in China. The dispatch wants an answer on the next day, and the table one in twelve hours. */
    private static final Instant MORNING = Instant.parse("2026-11-22T02:00:00Z");

    private static final Duration ALLOWED = Duration.ofHours(12);

    private Instant now = MORNING;
    private final UtcClock clock = new UtcClock() {
        @Override
        public Instant instant() {
            return now;
        }
    };
    private final TestDatabase database = TestDatabase.empty();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Ledger ledger = new Ledger(database.client(), database.transaction(), clock);

    private DeadlineWatch watch(int urgeAt) {
        var notices = new Notices(
                database.client(),
                database.transaction(),
                new HubDocuments(Messages.CODES, new DocumentWriter()),
                clock);
        return new DeadlineWatch(
                database.client(),
                database.transaction(),
                new DeadlineTable(CodeTable.read(Messages.SCHEMAS, "deadlines")),
                new DeadlineSettings(Duration.ofSeconds(10), 75, urgeAt),
                notices,
                party -> !party.equals(Party.of("SIMS-000")),
                meters,
                clock);
    }

    private void accept(Activity activity, Party from, Party to) {
        assertThat(ledger.accept(Messages.message(activity, from, to, TICKET)).code())
                .isEqualTo("0000");
    }

    private void at(Duration since) {
        now = MORNING.plus(since);
    }

    /** What the hub has sent, as in {@code SLA_WARNING to CRM-250}. */
    private List<String> said() {
        return database.client().sql("""
                        select coalesce(substring(document from '<Kind>([A-Z_]+)</Kind>'), activity) || ' to ' || home
                          from message where sender = 'HUB-000' order by serial
                        """).query(String.class).list();
    }

    private double counted(String what) {
        var counter =
                meters.find("hub.deadlines." + what).tag("party", "CSVC-000").counter();
        return counter == null ? 0 : counter.count();
    }

    @Test
    void both_ends_are_warned_when_three_quarters_are_over_and_told_when_all_is() {
        DeadlineWatch watch = watch(0);
        accept(DISPATCH, CRM, CSVC);
        watch.look();
        at(ALLOWED.multipliedBy(74).dividedBy(100));
        watch.look();
        assertThat(said()).isEmpty();

        at(ALLOWED.multipliedBy(75).dividedBy(100));
        watch.look();
        watch.look();
        assertThat(said()).containsExactly("SLA_WARNING to CRM-250", "SLA_WARNING to CSVC-000");

        at(ALLOWED.minusSeconds(1));
        watch.look();
        assertThat(said()).hasSize(2);
        at(ALLOWED);
        watch.look();
        at(ALLOWED.plusDays(10));
        watch.look();
        assertThat(said())
                .containsExactly(
                        "SLA_WARNING to CRM-250",
                        "SLA_WARNING to CSVC-000",
                        "SLA_BREACH to CRM-250",
                        "SLA_BREACH to CSVC-000");
        assertThat(counted("warned")).isEqualTo(1);
        assertThat(counted("breached")).isEqualTo(1);
        assertThat(database.client()
                        .sql("select count(*) from leg where check_at is not null")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void a_notice_names_the_ticket_and_the_time() {
        accept(DISPATCH, CRM, CSVC);
        at(ALLOWED);
        watch(0).look();

        assertThat(database.client()
                        .sql("select document from message where sender = 'HUB-000' limit 1")
                        .query(String.class)
                        .single())
                .contains("<IndictSeq>" + TICKET, "<DueTime>2026-11-22 22:00:00", "已超时");
    }

    @Test
    void what_the_hub_sends_is_as_the_contract_has_it() {
        accept(DISPATCH, CRM, CSVC);
        DeadlineWatch watch = watch(90);
        at(ALLOWED.minusMinutes(30));
        watch.look();
        at(ALLOWED);
        watch.look();
        var reader = new DocumentReader(new DocumentSchema(Messages.SCHEMAS), clock);

        List<String> documents = database.client()
                .sql("select document from message where sender = 'HUB-000'")
                .query(String.class)
                .list();

        assertThat(documents).hasSize(5).allSatisfy(text -> {
            InterBossDocument document = reader.read(text);
            assertThat(document.headerFault()).isNull();
            assertThat(document.bodyFault()).isNull();
        });
    }

    @Test
    void an_answer_ends_it_and_a_new_round_begins_anew() {
        DeadlineWatch watch = watch(0);
        accept(DISPATCH, CRM, CSVC);
        watch.look();
        at(Duration.ofHours(5));
        accept(REPLY, CSVC, CRM);
        at(ALLOWED.plusDays(2));
        watch.look();
        assertThat(said()).isEmpty();

        accept(REPROCESS, CRM, CSVC);
        watch.look();
        assertThat(said()).as("what the first round wanted is over").isEmpty();
        now = now.plus(Duration.ofDays(3));
        watch.look();
        assertThat(said()).containsExactly("SLA_BREACH to CRM-250", "SLA_BREACH to CSVC-000");
    }

    @Test
    void a_hub_that_comes_back_says_what_is_over_and_does_not_warn_of_it() {
        accept(DISPATCH, CRM, CSVC);
        at(ALLOWED.plusHours(3));

        watch(0).look();

        assertThat(said()).containsExactly("SLA_BREACH to CRM-250", "SLA_BREACH to CSVC-000");
    }

    @Test
    void the_hub_urges_once_a_round_where_it_is_to() {
        DeadlineWatch watch = watch(90);
        accept(DISPATCH, CRM, CSVC);
        for (int hours = 0; hours < 30; hours++) {
            at(Duration.ofHours(hours));
            watch.look();
        }

        assertThat(said())
                .containsExactly(
                        "SLA_WARNING to CRM-250",
                        "SLA_WARNING to CSVC-000",
                        "urge to CSVC-000",
                        "SLA_BREACH to CRM-250",
                        "SLA_BREACH to CSVC-000");
        assertThat(database.client()
                        .sql("select urges || ' ' || urgency || ' ' || state from leg")
                        .query(String.class)
                        .single())
                .isEqualTo("1 2 DISPATCHED");
        assertThat(counted("urged")).isEqualTo(1);
    }

    @Test
    void two_hubs_that_look_at_once_say_it_once() {
        accept(DISPATCH, CRM, CSVC);
        at(ALLOWED);

        CompletableFuture.allOf(Stream.generate(() -> watch(90))
                        .limit(4)
                        .map(one -> CompletableFuture.runAsync(one::look))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(said())
                .containsExactlyInAnyOrder("urge to CSVC-000", "SLA_BREACH to CRM-250", "SLA_BREACH to CSVC-000");
        assertThat(database.client()
                        .sql("select urges from leg")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void tests_are_left_out_and_who_takes_no_part_is_told_nothing() {
        accept(DISPATCH, CRM, CSVC);
        database.client()
                .sql("update ticket set test = true; update leg set test = true")
                .update();
        accept(DISPATCH, CSVC, Party.of("SIMS-000"));
        at(ALLOWED);
        watch(90).look();
        assertThat(said()).isEmpty();

        database.client()
                .sql("update ticket set test = false; update leg set test = false")
                .update();
        database.client()
                .sql("update leg set check_at = now() - interval '400 days', breached_at = null")
                .update();
        watch(90).look();
        assertThat(said())
                .doesNotContain("SLA_BREACH to SIMS-000", "urge to SIMS-000")
                .contains("SLA_BREACH to CSVC-000");
    }

    @Test
    void a_leg_that_cannot_be_looked_at_keeps_no_other_from_it() {
        accept(DISPATCH, CRM, CSVC);
        accept(DISPATCH, CSVC, Party.of("SIMS-250"));
        // What this leg would send can't be booked.
        database.client().sql("""
                        create or replace function refuse_notice() returns trigger language plpgsql as $$
                        begin
                            if new.trans_ido like 'SLA_0%U' and new.home = 'CRM-250' then raise exception 'no'; end if;
                            return new;
                        end $$;
                        create trigger refuse_notice before insert on message for each row execute function refuse_notice()
                        """).update();
        try {
            at(ALLOWED);
            watch(0).look();

            assertThat(said()).containsExactly("SLA_BREACH to CSVC-000", "SLA_BREACH to SIMS-250");
        } finally {
            database.client().sql("drop trigger refuse_notice on message").update();
        }
        watch(0).look();
        assertThat(said()).contains("SLA_BREACH to CRM-250");
    }
}
