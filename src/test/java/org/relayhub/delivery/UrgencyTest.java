package org.relayhub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.RETURN;
import static org.relayhub.message.Activity.URGE;

import jakarta.validation.Validation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.ticket.Ledger;

/** Who goes first in the lane of a party, against the real database. */
class UrgencyTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String ORDINARY = "01";
    private static final String URGENT = "02";
    private static final String CRITICAL = "03";
    private static final DeliverySettings.HeadStart HEAD_START =
            new DeliverySettings.HeadStart(Duration.ofMinutes(10), Duration.ofMinutes(60));

    private TestDatabase database = TestDatabase.empty();
    private Ledger ledger = new Ledger(database.client(), database.transaction(), Clock.systemUTC());
    private DueDeliveries due = due();

    @BeforeEach
    void emptyLedger() {
        database = TestDatabase.empty();
        ledger = new Ledger(database.client(), database.transaction(), Clock.systemUTC());
        due = due();
    }

    private DueDeliveries due() {
        return new DueDeliveries(
                database.client(), "hub-1", Duration.ofSeconds(60), party -> Duration.ofHours(24), HEAD_START);
    }

    private static String ticket(int number) {
        return "20261122CSVC250%07d".formatted(number);
    }

    private void dispatch(int ticket, String urgentId) {
        accept(Messages.dispatch(CRM, CSVC, ticket(ticket), urgentId));
    }

    private void send(Activity activity, Party from, Party to, int ticket) {
        accept(Messages.message(activity, from, to, ticket(ticket)));
    }

    private void accept(AddressedMessage message) {
        assertThat(ledger.accept(message).code()).isEqualTo("0000");
    }

    /** What a lane with one place delivers next, as in {@code 1 dispatch}; empty if nothing is due. */
    private String delivered(Party party) {
        List<Claim> claims = due.claim(Map.of(party, 1));
        if (claims.isEmpty()) {
            return "";
        }
        long id = claims.get(0).deliveryId();
        run("update delivery set state = 'delivered', holds = false, hub = null where delivery_id = " + id);
        return name(claims.get(0));
    }

    private String name(Claim claim) {
        return database.client()
                .sql("select right(indict_seq, 7)::int || ' ' || activity from message where serial = :serial")
                .param("serial", claim.serial())
                .query(String.class)
                .single();
    }

    private List<String> allDelivered(Party party) {
        List<String> all = new ArrayList<>();
        for (String one = delivered(party); !one.isEmpty(); one = delivered(party)) {
            all.add(one);
        }
        return all;
    }

    private void run(String sql) {
        database.client().sql(sql).update();
    }

    private void pass(Duration time) {
        run("update delivery set next_try_at = next_try_at - interval '%d seconds'".formatted(time.toSeconds()));
    }

    @Test
    void a_critical_ticket_overtakes_all_others_and_an_urgent_one_the_ordinary() {
        dispatch(1, ORDINARY);
        dispatch(2, URGENT);
        dispatch(3, ORDINARY);
        dispatch(4, CRITICAL);
        dispatch(5, URGENT);
        dispatch(6, CRITICAL);

        assertThat(allDelivered(CSVC))
                .containsExactly("4 dispatch", "6 dispatch", "2 dispatch", "5 dispatch", "1 dispatch", "3 dispatch");
    }

    @Test
    void an_urge_takes_everything_that_waits_before_it_ahead_in_order() {
        dispatch(1, ORDINARY);
        dispatch(2, ORDINARY);
        send(COMMENT, CRM, CSVC, 2);
        send(URGE, CRM, CSVC, 2);
        send(COMMENT, CRM, CSVC, 1);
        send(COMMENT, CRM, CSVC, 2);

        assertThat(allDelivered(CSVC))
                .containsExactly("2 dispatch", "2 comment", "2 urge", "2 comment", "1 dispatch", "1 comment");
    }

    @Test
    void an_urged_leg_is_as_urgent_as_a_critical_one_whatever_it_was_dispatched_as() {
        dispatch(1, CRITICAL);
        dispatch(2, URGENT);
        send(URGE, CRM, CSVC, 2);
        dispatch(3, CRITICAL);
        send(URGE, CRM, CSVC, 3);

        assertThat(allDelivered(CSVC)).containsExactly("1 dispatch", "2 dispatch", "2 urge", "3 dispatch", "3 urge");
    }

    @Test
    void an_urge_that_is_refused_hurries_nothing() {
        dispatch(1, ORDINARY);
        dispatch(2, ORDINARY);
        send(REPLY, CSVC, CRM, 2);
        AddressedMessage urge = Messages.message(URGE, CRM, CSVC, ticket(2));

        assertThat(ledger.accept(urge).code()).isEqualTo("2902");
        assertThat(allDelivered(CSVC)).containsExactly("1 dispatch", "2 dispatch");
    }

    @Test
    void an_urge_hurries_its_own_leg_only() {
        Party sims = Party.of("SIMS-000");
        dispatch(1, ORDINARY);
        accept(Messages.dispatch(CSVC, sims, ticket(2), ORDINARY));
        accept(Messages.dispatch(CSVC, sims, ticket(1), ORDINARY));
        send(URGE, CRM, CSVC, 1);

        assertThat(allDelivered(sims)).containsExactly("2 dispatch", "1 dispatch");
    }

    @Test
    void what_goes_up_from_an_urgent_leg_overtakes_too() {
        dispatch(1, ORDINARY);
        dispatch(2, CRITICAL);
        dispatch(3, ORDINARY);
        send(URGE, CRM, CSVC, 3);
        for (int ticket = 1; ticket <= 3; ticket++) {
            send(REPLY, CSVC, CRM, ticket);
        }

        assertThat(allDelivered(CRM)).containsExactly("2 reply", "3 reply", "1 reply");
    }

    @Test
    void a_corrected_dispatch_that_is_critical_overtakes_others_but_nothing_of_its_own_ticket() {
        dispatch(1, ORDINARY);
        assertThat(delivered(CSVC)).isEqualTo("1 dispatch");
        send(RETURN, CSVC, CRM, 1);
        dispatch(2, ORDINARY);
        send(COMMENT, CRM, CSVC, 1);
        dispatch(1, CRITICAL);

        assertThat(allDelivered(CSVC)).containsExactly("1 comment", "1 dispatch", "2 dispatch");
    }

    @Test
    void a_corrected_dispatch_that_is_ordinary_makes_its_leg_so_unless_that_was_urged() {
        dispatch(1, CRITICAL);
        dispatch(2, CRITICAL);
        send(URGE, CRM, CSVC, 2);
        allDelivered(CSVC);
        send(RETURN, CSVC, CRM, 1);
        send(RETURN, CSVC, CRM, 2);
        dispatch(3, ORDINARY);
        dispatch(1, ORDINARY);
        dispatch(2, ORDINARY);

        assertThat(allDelivered(CSVC)).containsExactly("2 dispatch", "3 dispatch", "1 dispatch");
    }

    @Test
    void an_ordinary_message_that_is_due_for_longer_than_a_head_start_is_not_overtaken_any_more() {
        dispatch(1, ORDINARY);
        pass(HEAD_START.urgent());
        dispatch(2, ORDINARY);
        dispatch(3, URGENT);
        dispatch(4, CRITICAL);
        assertThat(delivered(CSVC)).isEqualTo("4 dispatch");
        assertThat(allDelivered(CSVC)).containsExactly("1 dispatch", "3 dispatch", "2 dispatch");

        dispatch(5, ORDINARY);
        pass(HEAD_START.critical());
        dispatch(6, CRITICAL);
        assertThat(allDelivered(CSVC)).containsExactly("5 dispatch", "6 dispatch");
    }

    @Test
    void a_steady_stream_of_critical_tickets_that_is_more_than_a_lane_can_take_starves_nobody() {
        dispatch(1, ORDINARY);
        List<String> delivered = new ArrayList<>();
        int ticket = 2;
        for (int minute = 0; minute < 130; minute++) {
            dispatch(ticket++, CRITICAL);
            dispatch(ticket++, CRITICAL);
            delivered.add(delivered(CSVC));
            pass(Duration.ofMinutes(1));
        }

        // Two a minute for the hour of the head start go ahead, and no more.
        assertThat(delivered.indexOf("1 dispatch")).isBetween(115, 125);
    }

    @Test
    void an_urgent_message_that_waits_for_its_next_try_holds_back_nothing_but_its_leg() {
        dispatch(1, CRITICAL);
        send(URGE, CRM, CSVC, 1);
        dispatch(2, ORDINARY);
        assertThat(due.claim(Map.of(CSVC, 1))).singleElement().satisfies(claim -> assertThat(name(claim))
                .isEqualTo("1 dispatch"));
        assertThat(delivered(CSVC)).as("while it is tried").isEqualTo("2 dispatch");
        dispatch(3, ORDINARY);
        run("update delivery set state = 'retrying', hub = null, next_try_at = now() + interval '1 minute'"
                + " where hub = 'hub-1'");

        assertThat(allDelivered(CSVC)).as("while it waits").containsExactly("3 dispatch");
        dispatch(4, ORDINARY);
        pass(Duration.ofMinutes(2));
        assertThat(allDelivered(CSVC)).containsExactly("1 dispatch", "1 urge", "4 dispatch");
    }

    @Test
    void a_claim_reads_few_rows_of_a_large_backlog() {
        backlog(60_000);
        for (String statistics : List.of("none", "fresh")) {
            if (statistics.equals("fresh")) {
                run("analyze");
            }
            database.transaction().executeWithoutResult(status -> {
                assertThat(due.claim(Map.of(CSVC, 4, CRM, 4, Party.of("SIMS-000"), 4)))
                        .hasSize(8);
                Reads reads = readsOfThisTransaction();
                assertThat(reads.withoutIndex()).as("statistics: " + statistics).isZero();
                assertThat(reads.byIndex()).as("statistics: " + statistics).isBetween(8L, 300L);
            });
        }
    }

    private record Reads(long withoutIndex, long byIndex) {}

    private Reads readsOfThisTransaction() {
        return database.client()
                .sql("""
                        select sum(seq_tup_read) as without_index, sum(idx_tup_fetch) as by_index
                          from pg_stat_xact_user_tables where relname in ('delivery', 'message')
                        """)
                .query((row, n) -> new Reads(row.getLong("without_index"), row.getLong("by_index")))
                .single();
    }

    /** Of each leg a message to either party; half of them were tried, and are due again later. */
    private void backlog(int legs) {
        run("""
            insert into ticket select '20261122CSVC250' || lpad(n::text, 7, '0'), 'CRM-250', false, '0', '0', now(), now()
              from generate_series(1, %d) n
            """.formatted(legs));
        run("""
            insert into leg (indict_seq, upstream, downstream, state, round, urges, urgent_id, dead_time, created_at,
                             updated_at, round_at)
            select indict_seq, 'CRM-250', 'CSVC-000', 'DISPATCHED', 1, 0,
                   (array['01', '01', '01', '02', '03'])[1 + right(indict_seq, 7)::int % 5], now(), now(), now(), now()
              from ticket
            """);
        run("""
            insert into message (sender, trans_ido, digest, received_at, activity, home, indict_seq, transport, test,
                                 document, rsp_code, rsp_desc)
            select 'HUB-000', home || leg_id, '', now(), 'comment', home, indict_seq, 'hub', false, '', '0000', ''
              from leg cross join lateral (values (upstream), (downstream)) as party (home)
            """);
        run("""
            insert into delivery (serial, party, leg_id, urgency, state, next_try_at, created_at)
            select m.serial, m.home, l.leg_id, l.urgency, case when leg_id % 2 = 0 then 'retrying' else 'pending' end,
                   now() + case when leg_id % 2 = 0 then 1 else -1 end * leg_id * interval '1 second', now()
              from message m join leg l using (indict_seq)
            """);
    }

    @Test
    void head_starts_that_make_no_sense_are_refused() {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var validator = factory.getValidator();
            Duration minute = Duration.ofMinutes(1);
            assertThat(validator.validate(new DeliverySettings.HeadStart(Duration.ZERO, Duration.ZERO)))
                    .isEmpty();
            assertThat(validator.validate(new DeliverySettings.HeadStart(minute, Duration.ZERO)))
                    .hasSize(1);
            assertThat(validator.validate(new DeliverySettings.HeadStart(minute.negated(), minute)))
                    .hasSize(1);
        }
    }
}
