package org.relayhub.ticket.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Notices;
import org.relayhub.ticket.SenderNotice;

/** How links are tried, on a clock that the test moves. */
class ProbesTest {

    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party SIMS = Party.of("SIMS-250");
    private static final Duration WITHIN = Duration.ofMinutes(2);

    private Instant now = Instant.parse("2026-11-22T02:00:00Z");
    private final UtcClock clock = new UtcClock() {
        @Override
        public Instant instant() {
            return now;
        }
    };
    private final TestDatabase database = TestDatabase.empty();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Ledger ledger = new Ledger(database.client(), database.transaction(), clock);
    private final HubDocuments documents = new HubDocuments(Messages.CODES, new DocumentWriter());
    private final List<Party> woken = new ArrayList<>();
    private final Probes probes = new Probes(
            database.client(),
            database.transaction(),
            ledger,
            documents,
            new ProbeSettings(Duration.ofMinutes(5), WITHIN, Duration.ofDays(7), "03010101"),
            () -> List.of(CSVC, SIMS),
            woken::add,
            meters,
            clock);
    private final LinkHealth health = new LinkHealth(database.client());

    /** What waits for a party, as in {@code dispatch pending}. */
    private List<String> deliveries(Party party) {
        return database.client()
                .sql("""
                        select m.activity || ' ' || d.state from delivery d join message m using (serial)
                         where d.party = :party order by d.delivery_id
                        """)
                .param("party", party.toString())
                .query(String.class)
                .list();
    }

    private void takes(Party party, Activity activity) {
        assertThat(database.client()
                        .sql("""
                        update delivery d set state = 'delivered', settled_at = :now, attempts = 1
                          from message m where m.serial = d.serial and d.party = :party and m.activity = :activity
                           and d.state = 'pending'
                        """)
                        .param("now", java.sql.Timestamp.from(now))
                        .param("party", party.toString())
                        .param("activity", activity.label())
                        .update())
                .isEqualTo(1);
    }

    private String ticket(Party party) {
        return database.client()
                .sql("select indict_seq from probe where party = :party order by probe_id desc limit 1")
                .param("party", party.toString())
                .query(String.class)
                .single();
    }

    private void answers(Party party, Activity activity) {
        assertThat(ledger.accept(Messages.message(activity, party, Party.HUB, ticket(party)))
                        .code())
                .isEqualTo("0000");
    }

    private void after(Duration passed) {
        now = now.plus(passed);
        probes.follow();
    }

    private LinkHealth.Link link(Party party) {
        return health.all().stream()
                .filter(link -> link.party().equals(party))
                .findFirst()
                .orElseThrow();
    }

    private String state(Party party) {
        return database.client()
                .sql("select state from leg where downstream = :party order by leg_id desc limit 1")
                .param("party", party.toString())
                .query(String.class)
                .single();
    }

    @Test
    void a_test_ticket_is_dispatched_answered_and_archived() {
        probes.begin();
        assertThat(woken).containsExactlyInAnyOrder(CSVC, SIMS);
        assertThat(deliveries(CSVC)).containsExactly("dispatch pending");
        takes(CSVC, Activity.DISPATCH);
        after(Duration.ofSeconds(3));
        assertThat(health.all()).isEmpty();

        answers(CSVC, Activity.REPLY);
        after(Duration.ofSeconds(5));
        assertThat(deliveries(CSVC)).containsExactly("dispatch delivered", "archive pending");
        takes(CSVC, Activity.ARCHIVE);
        after(Duration.ofSeconds(5));

        assertThat(link(CSVC).up()).isTrue();
        assertThat(link(CSVC).roundTrip()).isEqualTo(Duration.ofSeconds(3));
        assertThat(state(CSVC)).isEqualTo("ARCHIVED");
        assertThat(meters.get("hub.probes.ended")
                        .tags("party", "CSVC-000", "outcome", "ok")
                        .counter()
                        .count())
                .isEqualTo(1);
        // What the party says to the hub waits for nobody.
        assertThat(deliveries(Party.HUB)).isEmpty();
    }

    @Test
    void a_test_ticket_is_a_test_and_fits_the_schema() {
        probes.begin();
        assertThat(database.client()
                        .sql("select bool_and(test) from ticket")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        takes(CSVC, Activity.DISPATCH);
        answers(CSVC, Activity.REPLY);
        after(Duration.ofSeconds(1));
        var reader = new DocumentReader(new DocumentSchema(Messages.SCHEMAS), clock);
        List<String> sent = database.client()
                .sql("select document from message where sender = 'HUB-000' order by serial")
                .query(String.class)
                .list();
        assertThat(sent).hasSize(3).allSatisfy(document -> {
            InterBossDocument read = reader.read(document);
            assertThat(read.headerFault()).isNull();
            assertThat(read.bodyFault()).isNull();
            assertThat(read.header().test()).isTrue();
        });
    }

    @Test
    void a_party_has_one_test_ticket_at_a_time_and_none_while_it_is_suspended() {
        database.client()
                .sql("insert into suspension (party, operator, at, reason) values ('SIMS-250', 'op', now(), 'test')")
                .update();
        probes.begin();
        probes.begin();
        assertThat(deliveries(CSVC)).hasSize(1);
        assertThat(deliveries(SIMS)).isEmpty();
    }

    @Test
    void what_a_dead_party_does_not_take_is_given_up_and_leaves_nothing_behind() {
        probes.begin();
        database.client().sql("""
                        update delivery set state = 'retrying', last_code = '0102', last_error = 'connection refused'
                         where party = 'CSVC-000'
                        """).update();
        after(WITHIN.minusSeconds(1));
        assertThat(health.all()).isEmpty();

        after(Duration.ofSeconds(2));

        assertThat(link(CSVC).outcome()).isEqualTo("not-taken");
        assertThat(link(CSVC).trouble()).isEqualTo("connection refused");
        assertThat(deliveries(CSVC)).containsExactly("dispatch discarded");
        assertThat(state(CSVC)).isEqualTo("ARCHIVED");
    }

    @Test
    void a_party_that_refuses_is_said_to_and_nothing_waits_for_an_operator() {
        probes.begin();
        long serial = database.client()
                .sql("select serial from delivery where party = 'CSVC-000'")
                .query(Long.class)
                .single();
        long delivery = database.client()
                .sql("update delivery set claims = 1 where party = 'CSVC-000' returning delivery_id")
                .query(Long.class)
                .single();
        var notice = new SenderNotice(
                database.client(),
                database.transaction(),
                new Notices(database.client(), database.transaction(), documents, clock),
                clock);
        notice.tell(serial, delivery, 1, "0104", "no way");
        after(Duration.ofSeconds(1));

        assertThat(link(CSVC).outcome()).isEqualTo("refused");
        assertThat(link(CSVC).trouble()).isEqualTo("0104 no way");
        assertThat(deliveries(CSVC)).containsExactly("dispatch refused");
    }

    @Test
    void an_answer_that_comes_too_late_is_closed_all_the_same() {
        probes.begin();
        takes(CSVC, Activity.DISPATCH);
        after(WITHIN);
        assertThat(link(CSVC).outcome()).isEqualTo("not-answered");

        answers(CSVC, Activity.RETURN);
        after(Duration.ofSeconds(1));
        assertThat(deliveries(CSVC)).containsExactly("dispatch delivered", "archive pending");
        takes(CSVC, Activity.ARCHIVE);
        after(Duration.ofSeconds(1));

        assertThat(state(CSVC)).isEqualTo("ARCHIVED");
        assertThat(link(CSVC).outcome()).isEqualTo("not-answered");
    }

    @Test
    void a_link_is_down_since_its_first_probe_that_failed() {
        probes.begin();
        after(WITHIN);
        Instant down = now;
        after(Duration.ofMinutes(3));
        probes.begin();
        after(WITHIN);
        assertThat(link(CSVC).since()).isEqualTo(down);

        probes.begin();
        takes(CSVC, Activity.DISPATCH);
        answers(CSVC, Activity.REPLY);
        after(Duration.ofSeconds(1));
        takes(CSVC, Activity.ARCHIVE);
        after(Duration.ofSeconds(1));
        assertThat(link(CSVC).since()).isEqualTo(now);
        assertThat(health.all()).extracting(LinkHealth.Link::party).containsExactly(SIMS, CSVC);
    }

    @Test
    void a_ticket_that_cannot_be_opened_is_no_probe_and_keeps_no_other_link_from_being_tried() {
        long next = database.client()
                        .sql("select nextval('probe_number')")
                        .query(Long.class)
                        .single()
                + 1;
        // As if somebody had got by the door's check.
        ledger.accept(Messages.message(Activity.DISPATCH, Party.of("CRM-250"), CSVC, ProbeTicket.indictSeq(next, now)));

        probes.begin();

        assertThat(database.client()
                        .sql("select party from probe")
                        .query(String.class)
                        .list())
                .containsExactly("SIMS-250");
        probes.begin();
        assertThat(deliveries(CSVC))
                .as("another's, and the next try's")
                .containsExactly("dispatch pending", "dispatch pending");
    }

    @Test
    void a_probe_ends_whatever_the_ledger_has_of_it() {
        database.client()
                .sql(
                        "insert into probe (party, indict_seq, began_at) values ('CSVC-000', '20261122CSVC9990000001', :at)")
                .param("at", java.sql.Timestamp.from(now))
                .update();
        after(WITHIN);

        assertThat(link(CSVC).outcome()).isEqualTo("not-taken");
    }

    @Test
    void a_test_ticket_on_which_somebody_else_has_a_leg_is_not_forgotten() {
        probes.begin();
        String ticket = ticket(SIMS);
        ledger.accept(Messages.message(Activity.DISPATCH, SIMS, Party.of("SIMS-100"), ticket));
        after(WITHIN);
        after(Duration.ofDays(7).plusSeconds(1));
        probes.forget();

        assertThat(database.client()
                        .sql("select indict_seq from ticket")
                        .query(String.class)
                        .list())
                .containsExactly(ticket);
        assertThat(database.client()
                        .sql("select count(*) from probe")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void test_tickets_that_ended_long_ago_are_forgotten_and_others_are_kept() {
        probes.begin();
        after(WITHIN);
        ledger.accept(Messages.message(Activity.DISPATCH, Party.of("CRM-250"), CSVC, "20261122CSVC2500000001"));
        after(Duration.ofDays(7).plusSeconds(1));
        probes.begin();
        probes.forget();

        assertThat(database.client()
                        .sql("select origin from ticket order by created_at")
                        .query(String.class)
                        .list())
                .containsExactly("CRM-250", "HUB-000", "HUB-000");
        assertThat(deliveries(CSVC)).containsExactly("dispatch pending", "dispatch pending");
    }
}
