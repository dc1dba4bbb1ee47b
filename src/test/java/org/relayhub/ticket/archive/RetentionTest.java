package org.relayhub.ticket.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.BUSINESS_QUERY;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.URGE;
import static org.relayhub.ticket.archive.ClosedTickets.AFTER;
import static org.relayhub.ticket.archive.ClosedTickets.CRM;
import static org.relayhub.ticket.archive.ClosedTickets.CSVC;
import static org.relayhub.ticket.archive.ClosedTickets.KEPT;
import static org.relayhub.ticket.archive.ClosedTickets.number;

import jakarta.validation.Validation;
import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.message.AddressedMessage;
import org.relayhub.operations.desk.MessageDesk;
import org.relayhub.ticket.Tickets;

/** What was kept long enough is forgotten, whole months of it. */
class RetentionTest {

    private static final Duration MONTH = Duration.ofDays(31);

    private final ClosedTickets tickets = new ClosedTickets();
    private final MessageDesk messages = new MessageDesk(tickets.database());

    @BeforeEach
    @AfterEach
    void noMonths() {
        var months = new Months(tickets.database(), tickets.transaction());
        tickets.run("truncate archive");
        months.all().forEach(month -> assertThat(months.drop(month, 0)).isTrue());
    }

    private List<YearMonth> months() {
        return new Months(tickets.database(), tickets.transaction()).all();
    }

    private boolean isKnown(int ticket) {
        return new Tickets(tickets.database()).find(number(ticket)).isPresent();
    }

    /** Until the month in which it was closed is over for as long as it is kept. */
    private void passAll() {
        tickets.pass(MONTH.multipliedBy(KEPT + 1));
        tickets.countedUntil(tickets.clock().instant());
    }

    @Test
    void a_month_is_forgotten_with_its_tickets_and_serials_and_the_next_is_not() {
        AddressedMessage dispatch = tickets.message(DISPATCH, CRM, CSVC, 1);
        tickets.ledger().accept(dispatch);
        tickets.send(REPLY, CSVC, CRM, 1);
        tickets.send(ARCHIVE, CRM, CSVC, 1);
        AddressedMessage question = Messages.service(BUSINESS_QUERY, CRM, CSVC, "001", "10101", "a|b", "1");
        tickets.ledger().recordAnswered(question, "0000", "", "<InterBOSS/>");
        tickets.pass(MONTH);
        tickets.close(2);
        tickets.archiveAfterAll();
        assertThat(tickets.count("archive")).isEqualTo(3);
        tickets.pass(MONTH.multipliedBy(KEPT - 4));
        tickets.retention().prune();
        assertThat(isKnown(1)).as("it is kept for %d months", KEPT).isTrue();
        tickets.pass(MONTH.multipliedBy(1));

        tickets.retention().prune();

        assertThat(isKnown(1)).isFalse();
        assertThat(isKnown(2)).isTrue();
        assertThat(messages.ofTicket(number(2))).hasSize(6);
        assertThat(tickets.count("archive")).isEqualTo(1);
        assertThat(tickets.count("received_serial")).isEqualTo(6);
        assertThat(tickets.ledger().knows(dispatch)).isFalse();
        assertThat(tickets.ledger().findFirst(question)).isEmpty();
        assertThat(months()).doesNotContain(YearMonth.of(2026, 3)).contains(YearMonth.of(2026, 4));
    }

    @Test
    void what_was_said_of_a_ticket_after_it_was_archived_is_kept_for_as_long_as_anything_else() {
        tickets.close(1);
        tickets.archiveAfterAll();
        AddressedMessage early = tickets.message(URGE, CRM, CSVC, 1);
        tickets.ledger().accept(early);
        passAll();
        AddressedMessage late = tickets.message(URGE, CRM, CSVC, 1);
        tickets.ledger().accept(late);

        tickets.retention().prune();

        assertThat(isKnown(1)).isFalse();
        assertThat(tickets.ledger().knows(early)).isFalse();
        assertThat(tickets.ledger().findReceipt(late))
                .hasValueSatisfying(receipt -> assertThat(receipt.code()).isEqualTo("2904"));
        assertThat(tickets.archiveAfterAll()).isEqualTo(1);
        assertThat(tickets.ledger().knows(late)).isTrue();
        assertThat(tickets.hot()).isZero();
    }

    @Test
    void a_month_that_something_comes_into_while_it_is_forgotten_is_not_dropped() {
        tickets.close(1);
        tickets.archiveAfterAll();
        var months = new Months(tickets.database(), tickets.transaction());

        assertThat(months.drop(YearMonth.of(2026, 3), 0)).isFalse();

        assertThat(tickets.count("archive")).isEqualTo(1);
    }

    @Test
    void months_are_there_ahead_and_from_the_oldest_on_that_may_be_archived() {
        tickets.close(1);
        tickets.pass(MONTH.multipliedBy(3));

        tickets.archive().move();

        assertThat(months())
                .containsExactly(
                        YearMonth.of(2026, 3),
                        YearMonth.of(2026, 4),
                        YearMonth.of(2026, 5),
                        YearMonth.of(2026, 6),
                        YearMonth.of(2026, 7));
    }

    @Test
    void refusals_that_are_as_old_are_forgotten() {
        tickets.run("insert into refusal (at, transport, code, description) values"
                + " ('2026-02-10', 'soap', '0105', ''), ('2026-04-10', 'soap', '0105', '')");
        tickets.pass(MONTH.multipliedBy(KEPT));

        tickets.retention().prune();

        assertThat(tickets.count("refusal where at < '2026-03-01'")).isZero();
        assertThat(tickets.count("refusal")).isEqualTo(1);
    }

    @Test
    void settings_that_make_no_sense_are_refused() {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var validator = factory.getValidator();
            assertThat(validator.validate(new LedgerSettings(AFTER, KEPT))).isEmpty();
            assertThat(validator.validate(new LedgerSettings(Duration.ofDays(1), KEPT)))
                    .hasSize(1);
            assertThat(validator.validate(new LedgerSettings(AFTER, 12))).hasSize(1);
        }
    }
}
