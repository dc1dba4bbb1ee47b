package org.relayhub.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.REPROCESS;
import static org.relayhub.message.Activity.RETURN;
import static org.relayhub.message.Activity.URGE;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.HubDocuments;

class LedgerTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party SIMS = Party.of("SIMS-000");
    private static final String TICKET = "20261122CSVC2500000001";

    private TestDatabase database = TestDatabase.empty();
    private Ledger ledger = new Ledger(database.client(), database.transaction(), Clock.systemUTC());

    @BeforeEach
    void emptyLedger() {
        database = TestDatabase.empty();
        ledger = new Ledger(database.client(), database.transaction(), Clock.systemUTC());
    }

    /** How a leg comes into each state. */
    private void bringTo(@Nullable LegState state) {
        if (state == null) {
            return;
        }
        accept(DISPATCH, CRM, CSVC);
        switch (state) {
            case DISPATCHED -> {}
            case REPLIED -> accept(REPLY, CSVC, CRM);
            case RETURNED -> accept(RETURN, CSVC, CRM);
            case ARCHIVED -> {
                accept(REPLY, CSVC, CRM);
                accept(ARCHIVE, CRM, CSVC);
            }
        }
    }

    private Receipt accept(Activity activity, Party from, Party to) {
        return ledger.accept(Messages.message(activity, from, to, TICKET));
    }

    /** The contract's table, by hand: state, activity, whether upstream sends, state after (or the code of the refusal). */
    static Stream<Arguments> contract() {
        List<Arguments> rows = new ArrayList<>();
        List<Activity> activities = List.of(DISPATCH, URGE, REPLY, RETURN, REPROCESS, ARCHIVE, COMMENT);
        for (LegState state :
                new LegState[] {null, LegState.DISPATCHED, LegState.REPLIED, LegState.RETURNED, LegState.ARCHIVED}) {
            for (Activity activity : activities) {
                for (boolean upstream : new boolean[] {true, false}) {
                    rows.add(Arguments.of(state, activity, upstream, expected(state, activity, upstream)));
                }
            }
        }
        return rows.stream();
    }

    private static String expected(@Nullable LegState state, Activity activity, boolean upstream) {
        String row = state + " " + activity + (upstream ? " upstream" : " downstream");
        return switch (row) {
            case "null DISPATCH upstream", "null DISPATCH downstream" -> "DISPATCHED";
            case "DISPATCHED URGE upstream" -> "DISPATCHED";
            case "DISPATCHED REPLY downstream" -> "REPLIED";
            case "DISPATCHED RETURN downstream" -> "RETURNED";
            case "REPLIED REPROCESS upstream" -> "DISPATCHED";
            case "RETURNED DISPATCH upstream" -> "DISPATCHED";
            case "REPLIED ARCHIVE upstream", "RETURNED ARCHIVE upstream" -> "ARCHIVED";
            case "DISPATCHED COMMENT upstream", "DISPATCHED COMMENT downstream" -> "DISPATCHED";
            case "REPLIED COMMENT upstream", "REPLIED COMMENT downstream" -> "REPLIED";
            case "RETURNED COMMENT upstream", "RETURNED COMMENT downstream" -> "RETURNED";
            default -> {
                if (state == null) {
                    yield "2901";
                }
                boolean wrongEnd =
                        activity == REPLY || activity == RETURN ? upstream : !upstream && activity != COMMENT;
                yield wrongEnd ? "2903" : state == LegState.ARCHIVED ? "2904" : "2902";
            }
        };
    }

    @ParameterizedTest(name = "{0} {1} upstream={2} -> {3}")
    @MethodSource("contract")
    void the_lifecycle_is_the_contracts_table(
            @Nullable LegState state, Activity activity, boolean upstream, String expected) {
        bringTo(state);
        List<Leg> before = legs();
        long queued = deliveries();

        Receipt receipt = upstream ? accept(activity, CRM, CSVC) : accept(activity, CSVC, CRM);

        if (expected.startsWith("29")) {
            assertThat(receipt.code()).isEqualTo(expected);
            assertThat(legs()).as("nothing changes").isEqualTo(before);
            assertThat(deliveries()).isEqualTo(queued);
        } else {
            assertThat(receipt.code()).isEqualTo("0000");
            assertThat(legs()).singleElement().extracting(Leg::state).hasToString(expected);
            assertThat(deliveries()).isEqualTo(queued + 1);
        }
    }

    @Test
    void an_urge_counts_and_a_reprocessing_opens_the_next_round() {
        bringTo(LegState.DISPATCHED);
        accept(URGE, CRM, CSVC);
        accept(URGE, CRM, CSVC);
        accept(REPLY, CSVC, CRM);
        accept(REPROCESS, CRM, CSVC);

        assertThat(legs()).singleElement().satisfies(leg -> {
            assertThat(leg.urges()).isEqualTo(2);
            assertThat(leg.round()).isEqualTo(2);
            assertThat(leg.handlingStaff()).isEqualTo("KF001");
        });
    }

    @Test
    void a_corrected_dispatch_after_a_return_stays_in_the_same_round() {
        bringTo(LegState.RETURNED);
        accept(DISPATCH, CRM, CSVC);

        assertThat(legs()).singleElement().extracting(Leg::round).isEqualTo(1);
    }

    @Test
    void a_query_is_allowed_in_any_state_to_both_ends_of_a_leg() {
        for (LegState state : LegState.values()) {
            emptyLedger();
            bringTo(state);
            ledger.checkQuery(Messages.message(QUERY, CRM, CSVC, TICKET));
            ledger.checkQuery(Messages.message(QUERY, CSVC, CRM, TICKET));
        }
    }

    @Test
    void a_query_of_an_unknown_ticket_is_2901_and_of_a_foreign_one_2903() {
        AddressedMessage unknown = Messages.message(QUERY, CRM, CSVC, TICKET);
        assertThatThrownBy(() -> ledger.checkQuery(unknown)).hasMessageStartingWith("2901");
        bringTo(LegState.DISPATCHED);
        AddressedMessage foreign = Messages.message(QUERY, Party.of("CRM-100"), CSVC, TICKET);
        assertThatThrownBy(() -> ledger.checkQuery(foreign)).hasMessageStartingWith("2903");
    }

    @Test
    void nobody_joins_a_foreign_ticket() {
        bringTo(LegState.DISPATCHED);

        Receipt receipt = ledger.accept(Messages.message(DISPATCH, Party.of("CRM-100"), CSVC, TICKET));

        assertThat(receipt.code()).isEqualTo("2903");
        assertThat(legs()).hasSize(1);
    }

    @Test
    void a_ticket_goes_on_leg_by_leg() {
        bringTo(LegState.DISPATCHED);
        accept(DISPATCH, CSVC, SIMS);

        Ticket ticket = new Tickets(database.client()).find(TICKET).orElseThrow();
        assertThat(ticket.legs()).hasSize(2);
        assertThat(ticket.currentNode()).isEqualTo(SIMS);
        accept(REPLY, SIMS, CSVC);
        assertThat(new Tickets(database.client()).find(TICKET).map(Ticket::currentNode))
                .contains(CSVC);
        assertThat(new Tickets(database.client()).find(TICKET).map(Ticket::status))
                .contains(LegState.DISPATCHED);
    }

    @Test
    void a_message_that_names_its_home_by_number_is_booked_for_that_party_and_kept_as_it_came() {
        Party home = Party.of("SIMS-431");
        AddressedMessage dispatch = Messages.byNumber(DISPATCH, SIMS, home, TICKET, "10043100000");

        Receipt receipt = ledger.accept(dispatch);

        assertThat(receipt.code()).isEqualTo("0000");
        assertThat(legs()).singleElement().extracting(Leg::downstream).isEqualTo(home);
        assertThat(database.client()
                        .sql(
                                "select d.party || ' ' || m.home || ' ' || m.document from delivery d join message m using (serial)")
                        .query(String.class)
                        .single())
                .isEqualTo("SIMS-431 SIMS-431 " + dispatch.canonical())
                .contains("<RouteType>01</RouteType>", "<RouteValue>10043100000</RouteValue>");
        assertThat(ledger.accept(Messages.message(URGE, SIMS, home, TICKET)).code())
                .as("the next message by node")
                .isEqualTo("0000");
        assertThat(ledger.accept(Messages.byNumber(URGE, SIMS, Party.of("SIMS-250"), TICKET, "10025000000"))
                        .code())
                .as("a number of another province is on another leg")
                .isEqualTo("2901");

        notice().tell(receipt.serial(), 1, 0, "4002", "no");
        assertThat(documentOfHub())
                .contains("<RouteType>00</RouteType>", "<HomeDomain>SIMS</HomeDomain>", "<RouteValue>000</RouteValue>");
    }

    @Test
    void a_repeated_message_gets_the_first_answer_and_changes_nothing() {
        bringTo(LegState.DISPATCHED);
        AddressedMessage urge = Messages.message(URGE, CRM, CSVC, TICKET);
        Receipt first = ledger.accept(urge);
        accept(REPLY, CSVC, CRM);

        Receipt second = ledger.accept(urge);

        assertThat(second.repeated()).isTrue();
        assertThat(second)
                .usingRecursiveComparison()
                .ignoringFields("repeated", "at")
                .isEqualTo(first);
        assertThat(legs()).singleElement().satisfies(leg -> {
            assertThat(leg.urges()).isEqualTo(1);
            assertThat(leg.state()).isEqualTo(LegState.REPLIED);
        });
    }

    @Test
    void a_repeated_message_that_was_refused_is_refused_again_even_if_it_were_allowed_now() {
        AddressedMessage urge = Messages.message(URGE, CRM, CSVC, TICKET);
        assertThat(ledger.accept(urge).code()).isEqualTo("2901");
        bringTo(LegState.DISPATCHED);

        assertThat(ledger.accept(urge).code()).isEqualTo("2901");
    }

    @Test
    void the_same_serial_with_another_content_is_0103_and_changes_nothing() {
        ledger.accept(Messages.message(DISPATCH, CRM, CSVC, TICKET, "CRM250X", "one"));
        AddressedMessage other = Messages.message(DISPATCH, CRM, CSVC, TICKET, "CRM250X", "other");

        assertThatThrownBy(() -> ledger.accept(other))
                .isInstanceOf(RefusalException.class)
                .hasMessageStartingWith("0103");
        assertThat(deliveries()).isEqualTo(1);
    }

    @Test
    void the_same_serial_of_another_party_is_another_message() {
        assertThat(ledger.accept(Messages.message(DISPATCH, CRM, CSVC, TICKET, "X1", "one"))
                        .code())
                .isEqualTo("0000");
        assertThat(ledger.accept(Messages.message(COMMENT, CSVC, CRM, TICKET, "X1", "two"))
                        .code())
                .isEqualTo("0000");
    }

    @Test
    void fifty_threads_with_one_message_have_one_effect_and_one_answer() throws Exception {
        AddressedMessage dispatch = Messages.message(DISPATCH, CRM, CSVC, TICKET);
        List<Receipt> receipts = together(50, () -> ledger.accept(dispatch));

        assertThat(receipts)
                .extracting(Receipt::serial)
                .containsOnly(receipts.get(0).serial());
        assertThat(receipts).extracting(Receipt::code).containsOnly("0000");
        assertThat(receipts).filteredOn(receipt -> !receipt.repeated()).hasSize(1);
        assertThat(deliveries()).isEqualTo(1);
    }

    @Test
    void of_fifty_replies_at_once_one_is_taken() throws Exception {
        bringTo(LegState.DISPATCHED);
        List<Receipt> receipts = together(50, () -> accept(REPLY, CSVC, CRM));

        assertThat(receipts)
                .filteredOn(receipt -> receipt.code().equals("0000"))
                .hasSize(1);
        assertThat(receipts)
                .filteredOn(receipt -> receipt.code().equals("2902"))
                .hasSize(49);
        assertThat(deliveries()).isEqualTo(2);
    }

    @Test
    void a_dispatch_that_is_refused_for_good_goes_back_to_its_sender_once() {
        Receipt dispatch = accept(DISPATCH, CRM, CSVC);

        assertThat(notice().tell(dispatch.serial(), 1, 0, "4002", "SvcTypeId: unknown")
                        .outcome())
                .isEqualTo(SenderNotice.Outcome.RETURNED);
        assertThat(notice().tell(dispatch.serial(), 1, 0, "4002", "SvcTypeId: unknown")
                        .outcome())
                .isEqualTo(SenderNotice.Outcome.RETURNED);

        assertThat(legs()).singleElement().extracting(Leg::state).isEqualTo(LegState.RETURNED);
        assertThat(deliveries()).as("the dispatch and one return").isEqualTo(2);
        assertThat(documentOfHub()).contains("<ReturnReq", "[4002] SvcTypeId: unknown", "<OrigDomain>HUB</OrigDomain>");
        assertThat(accept(DISPATCH, CRM, CSVC).code())
                .as("a corrected dispatch")
                .isEqualTo("0000");
    }

    @Test
    void any_other_message_that_is_refused_for_good_is_told_by_a_comment() {
        bringTo(LegState.DISPATCHED);
        Receipt urge = accept(URGE, CRM, CSVC);

        assertThat(notice().tell(urge.serial(), 2, 0, "2998", "no").outcome()).isEqualTo(SenderNotice.Outcome.TOLD);

        assertThat(legs()).singleElement().extracting(Leg::state).isEqualTo(LegState.DISPATCHED);
        assertThat(documentOfHub()).contains("<CommentReq", "urge refused: [2998] no");
    }

    private SenderNotice notice() {
        var notices = new Notices(
                database.client(),
                database.transaction(),
                new HubDocuments(Messages.CODES, new DocumentWriter()),
                Clock.systemUTC());
        return new SenderNotice(database.client(), database.transaction(), notices, Clock.systemUTC());
    }

    private String documentOfHub() {
        return database.client()
                .sql("select document from message where sender = 'HUB-000'")
                .query(String.class)
                .single();
    }

    private List<Leg> legs() {
        return new LedgerRows(database.client()).legs(TICKET);
    }

    private long deliveries() {
        return database.client()
                .sql("select count(*) from delivery")
                .query(Long.class)
                .single();
    }

    private static List<Receipt> together(int threads, Callable<Receipt> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var start = new CountDownLatch(1);
            List<Future<Receipt>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(pool.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            List<Receipt> receipts = new ArrayList<>();
            for (Future<Receipt> result : results) {
                receipts.add(result.get());
            }
            return receipts;
        } finally {
            pool.shutdownNow();
        }
    }
}
