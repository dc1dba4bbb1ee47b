package org.relayhub.ticket.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.BUSINESS_QUERY;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.URGE;
import static org.relayhub.ticket.archive.ClosedTickets.AFTER;
import static org.relayhub.ticket.archive.ClosedTickets.BEGAN;
import static org.relayhub.ticket.archive.ClosedTickets.CRM;
import static org.relayhub.ticket.archive.ClosedTickets.CSVC;
import static org.relayhub.ticket.archive.ClosedTickets.SIMS;
import static org.relayhub.ticket.archive.ClosedTickets.number;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.Messages;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.RefusalException;
import org.relayhub.operations.desk.MessageDesk;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.LegState;
import org.relayhub.ticket.Receipt;
import org.relayhub.ticket.Ticket;
import org.relayhub.ticket.Tickets;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/** What is over leaves the tables that hubs work on, and nothing that is promised ends with that. */
class ArchiveTest {

    private final ClosedTickets tickets = new ClosedTickets();
    private final MessageDesk messages = new MessageDesk(tickets.database());
    private final ExecutorService others = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        others.shutdownNow();
    }

    private Ticket find(int ticket) {
        return new Tickets(tickets.database()).find(number(ticket)).orElseThrow();
    }

    private boolean isArchived(int ticket) {
        return find(ticket).archived();
    }

    @Test
    void a_ticket_that_is_closed_for_long_is_moved_whole_and_its_story_is_told_as_before() {
        tickets.close(1);
        Ticket before = find(1);
        List<MessageDesk.Message> story = messages.ofTicket(number(1));
        assertThat(story).hasSize(6).allSatisfy(message -> assertThat(message.deliveries())
                .singleElement()
                .satisfies(sent -> assertThat(sent.tries()).hasSize(1)));

        assertThat(tickets.archiveAfterAll()).isEqualTo(1);

        assertThat(tickets.hot()).isZero();
        assertThat(messages.ofTicket(number(1))).isEqualTo(story);
        Ticket after = find(1);
        assertThat(after.archived()).isTrue();
        assertThat(after.legs()).isEqualTo(before.legs());
        assertThat(after.status()).isEqualTo(LegState.ARCHIVED);
        assertThat(new Tickets(tickets.database()).find(Tickets.Search.ofNumber("13800000000"), 0, 10))
                .containsExactly(after);
    }

    @Test
    void a_message_of_an_archived_ticket_is_found_by_its_serial_with_its_document() {
        AddressedMessage dispatch = tickets.message(DISPATCH, CRM, CSVC, 2);
        tickets.ledger().accept(dispatch);
        tickets.send(REPLY, CSVC, CRM, 2);
        tickets.send(ARCHIVE, CRM, CSVC, 2);
        tickets.deliverAll();
        tickets.archiveAfterAll();

        MessageDesk.Message found = messages.find(CRM, dispatch.transIdo()).orElseThrow();

        assertThat(found.deliveries()).singleElement().satisfies(sent -> assertThat(sent.party())
                .isEqualTo(CSVC));
        assertThat(documentOf(dispatch)).isEqualTo(dispatch.canonical());
        assertThat(messages.find(CSVC, dispatch.transIdo())).isEmpty();
    }

    private String documentOf(AddressedMessage message) {
        return tickets.database()
                .sql(WholeStory.OF_SERIAL + "select document from story_message where trans_ido = :transIdo")
                .param("senders", new String[] {message.sender().toString()})
                .param("transIdo", message.transIdo())
                .query(String.class)
                .single();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update leg set state = 'REPLIED' where not first",
                "update delivery set state = 'pending' where delivery_id = 6",
                "update delivery set state = 'retrying' where delivery_id = 1",
                "update delivery set state = 'dead' where delivery_id = 1",
                "update ticket set updated_at = updated_at + interval '3 days'",
                "update message set received_at = received_at + interval '3 days' where serial = 6",
                "insert into probe (party, indict_seq, began_at) select 'CSVC-000', indict_seq, created_at from ticket",
                "insert into handling (serial, platform, state, called_at, answer_until)"
                        + " values (1, 'MVID-000', 'unknown', now(), now())",
                "delete from province_day"
            })
    void what_is_not_over_stays(String why) {
        tickets.close(1);
        tickets.pass(AFTER.plusDays(2));
        tickets.countedUntil(BEGAN.plus(AFTER));
        long hot = tickets.hot();
        tickets.run(why);

        assertThat(tickets.archive().move()).isZero();

        assertThat(tickets.hot()).isGreaterThanOrEqualTo(hot);
        assertThat(isArchived(1)).isFalse();
    }

    @Test
    void what_is_not_counted_for_its_days_figures_stays() {
        tickets.close(1);
        tickets.pass(AFTER.plusDays(2));
        tickets.countedUntil(BEGAN.minus(Duration.ofDays(1)));

        assertThat(tickets.archive().move()).isZero();

        tickets.countedUntil(BEGAN);
        assertThat(tickets.archive().move()).isEqualTo(1);
    }

    @Test
    void a_repeated_message_gets_its_first_answer_again_and_changes_nothing() {
        AddressedMessage dispatch = tickets.message(DISPATCH, CRM, CSVC, 3);
        Receipt first = tickets.ledger().accept(dispatch);
        tickets.send(REPLY, CSVC, CRM, 3);
        tickets.send(ARCHIVE, CRM, CSVC, 3);
        AddressedMessage late = tickets.message(URGE, CRM, CSVC, 3);
        Receipt refused = tickets.ledger().accept(late);
        tickets.deliverAll();
        tickets.archiveAfterAll();

        Receipt again = tickets.ledger().accept(dispatch);

        assertThat(again).isEqualTo(new Receipt(first.serial(), first.at(), "0000", "", true));
        assertThat(tickets.ledger().accept(late))
                .isEqualTo(new Receipt(refused.serial(), refused.at(), "2904", refused.description(), true));
        assertThat(tickets.ledger().findReceipt(dispatch)).contains(again);
        assertThat(tickets.ledger().knows(dispatch)).isTrue();
        assertThat(tickets.hot()).isZero();
        assertThatThrownBy(() -> tickets.ledger()
                        .accept(Messages.message(DISPATCH, CRM, CSVC, number(3), dispatch.transIdo(), "another")))
                .isInstanceOfSatisfying(
                        RefusalException.class,
                        refusal -> assertThat(refusal.fault().code()).isEqualTo("0103"));
    }

    @ParameterizedTest
    @CsvSource({
        "DISPATCH, CRM-250, CSVC-000, 2904",
        "URGE, CRM-250, CSVC-000, 2904",
        "COMMENT, CSVC-000, CRM-250, 2904",
        "REPROCESS, CRM-250, CSVC-000, 2904",
        "ARCHIVE, CRM-250, CSVC-000, 2904",
        "REPLY, CSVC-000, CRM-250, 2904",
        "REPLY, CRM-250, CSVC-000, 2903",
        "DISPATCH, SIMS-000, SIMS-250, 2904",
        "COMMENT, SIMS-000, SIMS-250, 2901",
        "DISPATCH, CRM-100, CSVC-000, 2903",
    })
    void whatever_is_sent_about_an_archived_ticket_is_refused_as_on_a_closed_leg(
            Activity activity, String from, String to, String code) {
        tickets.close(1);
        tickets.archiveAfterAll();
        AddressedMessage late = tickets.message(activity, Party.of(from), Party.of(to), 1);

        assertThat(tickets.ledger().accept(late).code()).isEqualTo(code);

        assertThat(tickets.count("leg")).isZero();
        assertThat(tickets.count("delivery")).isZero();
        assertThat(isArchived(1)).isTrue();
        assertThat(messages.ofTicket(number(1)))
                .as("it is part of the story")
                .hasSize(7)
                .last()
                .satisfies(message -> assertThat(message.code()).isEqualTo(code));
    }

    @Test
    void who_had_a_part_in_an_archived_ticket_may_ask_for_it_and_nobody_else() {
        tickets.close(1);
        tickets.archiveAfterAll();

        tickets.ledger().checkQuery(tickets.message(QUERY, CRM, CSVC, 1));

        assertThatThrownBy(() -> tickets.ledger().checkQuery(tickets.message(QUERY, Party.of("CRM-100"), CSVC, 1)))
                .isInstanceOf(RefusalException.class);
    }

    @Test
    void a_question_about_no_ticket_is_archived_too_and_answered_as_before() {
        AddressedMessage question = Messages.service(BUSINESS_QUERY, CRM, CSVC, "001", "10101", "a|b", "1");
        tickets.ledger().recordAnswered(question, "0000", "", "<InterBOSS/>");

        assertThat(tickets.archiveAfterAll()).isEqualTo(1);

        assertThat(tickets.hot()).isZero();
        assertThat(tickets.ledger().findFirst(question))
                .hasValueSatisfying(first -> assertThat(first.answer()).isEqualTo("<InterBOSS/>"));
        assertThat(messages.find(CRM, question.transIdo())).isPresent();
        assertThat(tickets.ledger().findFirst(Messages.service(BUSINESS_QUERY, CRM, CSVC, "001", "10101", "", "1")))
                .isEmpty();
    }

    @Test
    void two_hubs_archive_side_by_side_and_each_ticket_once() throws Exception {
        IntStream.rangeClosed(1, 250).forEach(tickets::close);
        tickets.pass(AFTER.plusDays(2));
        tickets.countedUntil(BEGAN.plus(AFTER));

        Future<Integer> one = others.submit(() -> tickets.archive().move());
        Future<Integer> other = others.submit(() -> tickets.archive().move());

        int together = one.get(1, TimeUnit.MINUTES) + other.get(1, TimeUnit.MINUTES);
        // What one held when the other came by is left for the next run.
        assertThat(together + tickets.archive().move()).isEqualTo(250);
        assertThat(tickets.count("archive")).isEqualTo(250);
        assertThat(tickets.hot()).isZero();
    }

    /** A hub that dies in its n-th transaction, before the commit. */
    private TransactionTemplate dyingIn(int which) {
        var began = new AtomicInteger();
        return new TransactionTemplate(tickets.transaction().getTransactionManager()) {
            @Override
            public <T> T execute(TransactionCallback<T> action) {
                boolean dies = began.incrementAndGet() == which;
                return super.execute(status -> {
                    T result = action.doInTransaction(status);
                    if (dies) {
                        throw new IllegalStateException("killed");
                    }
                    return result;
                });
            }
        };
    }

    @Test
    void a_hub_that_dies_over_it_leaves_each_ticket_where_it_was_or_where_it_belongs() {
        IntStream.rangeClosed(1, 150).forEach(tickets::close);
        tickets.pass(AFTER.plusDays(2));
        tickets.countedUntil(BEGAN.plus(AFTER));
        long hot = tickets.hot();
        new Months(tickets.database(), tickets.transaction())
                .make(tickets.clock().instant());

        assertThatThrownBy(() -> tickets.archive(dyingIn(2)).move()).hasMessage("killed");

        assertThat(tickets.count("archive")).isEqualTo(100);
        assertThat(tickets.hot()).isEqualTo(hot / 150 * 50);
        assertThat(IntStream.rangeClosed(1, 150)).allSatisfy(ticket -> {
            assertThat(find(ticket).legs()).hasSize(2);
            assertThat(messages.ofTicket(number(ticket))).hasSize(6);
        });
        assertThat(tickets.archive().move()).isEqualTo(50);
        assertThat(tickets.hot()).isZero();
    }

    @Test
    void one_that_cannot_be_archived_keeps_no_other_from_it() {
        IntStream.rangeClosed(1, 3).forEach(tickets::close);
        tickets.run("create table strange (leg_id bigint references leg)");
        try {
            tickets.run("insert into strange select leg_id from leg where indict_seq = '" + number(2) + "'");

            assertThat(tickets.archiveAfterAll()).isEqualTo(2);

            assertThat(isArchived(2)).isFalse();
            assertThat(messages.ofTicket(number(2))).hasSize(6);
        } finally {
            tickets.run("drop table strange");
        }
    }

    /** A transaction that does not end before it is let go. */
    private final class Held extends TransactionTemplate {

        private final CountDownLatch done = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);

        Held() {
            super(tickets.transaction().getTransactionManager());
        }

        @Override
        public <T> T execute(TransactionCallback<T> action) {
            return super.execute((TransactionStatus status) -> {
                T result = action.doInTransaction(status);
                done.countDown();
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return result;
            });
        }
    }

    @Test
    void a_message_that_is_accepted_while_its_ticket_would_be_archived_keeps_it_where_it_is() throws Exception {
        tickets.close(1);
        tickets.pass(AFTER.plusDays(2));
        tickets.countedUntil(BEGAN.plus(AFTER));
        var held = new Held();
        var ledger = new Ledger(tickets.database(), held, tickets.clock());
        Future<Receipt> accepted =
                others.submit(() -> ledger.accept(tickets.message(DISPATCH, SIMS, Party.of("SIMS-250"), 1)));
        held.done.await();

        assertThat(others.submit(() -> tickets.archive().move()).get(1, TimeUnit.MINUTES))
                .as("it does not wait for the ticket")
                .isZero();

        held.letGo.countDown();
        assertThat(accepted.get(1, TimeUnit.MINUTES).code()).isEqualTo("0000");
        assertThat(tickets.archive().move()).isZero();
        assertThat(find(1).legs()).hasSize(3);
        assertThat(isArchived(1)).isFalse();
    }

    @Test
    void a_message_that_comes_while_its_ticket_is_being_archived_waits_and_is_refused() throws Exception {
        tickets.close(1);
        tickets.pass(AFTER.plusDays(2));
        tickets.countedUntil(BEGAN.plus(AFTER));
        new Months(tickets.database(), tickets.transaction())
                .make(tickets.clock().instant());
        var held = new Held();
        Future<Integer> archived = others.submit(() -> tickets.archive(held).move());
        held.done.await();

        Future<Receipt> dispatched = others.submit(() -> tickets.send(DISPATCH, SIMS, Party.of("SIMS-250"), 1));
        Future<Receipt> urged = others.submit(() -> tickets.send(URGE, CRM, CSVC, 1));
        Awaitility.await().until(() -> tickets.count("pg_stat_activity where wait_event_type = 'Lock'") >= 2);
        held.letGo.countDown();

        assertThat(archived.get(1, TimeUnit.MINUTES)).isEqualTo(1);
        assertThat(dispatched.get(1, TimeUnit.MINUTES).code()).isEqualTo("2904");
        assertThat(urged.get(1, TimeUnit.MINUTES).code()).isEqualTo("2904");
        assertThat(tickets.count("leg")).isZero();
        assertThat(messages.ofTicket(number(1))).hasSize(8);
    }
}
