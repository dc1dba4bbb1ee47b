package org.relayhub.ticket.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.ticket.archive.ClosedTickets.CRM;
import static org.relayhub.ticket.archive.ClosedTickets.CSVC;
import static org.relayhub.ticket.archive.ClosedTickets.number;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.relayhub.message.AddressedMessage;
import org.springframework.dao.DataIntegrityViolationException;

/** A hub of the version before, which knows of no stories and serials, beside one that does: while they are brought in. */
class VersionBeforeTest {

    private final ClosedTickets tickets = new ClosedTickets();

    /** As that version booked a message. */
    private Optional<Long> book(String transIdo, int ticket) {
        return tickets.database()
                .sql("""
                        insert into message (sender, trans_ido, digest, received_at, activity, home, indict_seq,
                                             transport, test, document, rsp_code, rsp_desc)
                        values ('CRM-250', :transIdo, '', now(), 'dispatch', 'CSVC-000', :indictSeq, 'soap', false, '',
                                '0000', '')
                        on conflict (sender, trans_ido) do nothing returning serial
                        """)
                .param("transIdo", transIdo)
                .param("indictSeq", number(ticket))
                .query(Long.class)
                .optional();
    }

    private String story(String from) {
        return tickets.database()
                .sql("select story from " + from)
                .query(String.class)
                .single();
    }

    @Test
    void what_it_writes_has_its_story() {
        long serial = book("T1", 1).orElseThrow();
        tickets.run(
                "insert into delivery (serial, party, next_try_at, created_at) values (%d, 'CSVC-000', now(), now())"
                        .formatted(serial));
        tickets.run("insert into attempt (delivery_id, attempt, hub, at, millis, code, description)"
                + " values (1, 1, 'hub-1', now(), 1, '0000', '')");
        tickets.run("insert into handling (serial, platform, state, called_at, answer_until)"
                + " values (%d, 'MVID-000', 'answered', now(), now())".formatted(serial));

        assertThat(story("received_serial where serial = " + serial)).isEqualTo(number(1));
        for (String table : new String[] {"message", "delivery", "attempt", "handling"}) {
            assertThat(story(table)).as(table).isEqualTo(number(1));
        }
    }

    @Test
    void neither_version_books_what_the_other_has() {
        AddressedMessage message = tickets.message(DISPATCH, CRM, CSVC, 1);
        tickets.ledger().accept(message);

        assertThat(book(message.transIdo(), 1)).isEmpty();

        AddressedMessage another = tickets.message(DISPATCH, CRM, CSVC, 2);
        assertThat(book(another.transIdo(), 2)).isPresent();
        assertThat(tickets.ledger().knows(another)).isTrue();
        assertThat(book(another.transIdo(), 2)).isEmpty();
        assertThat(tickets.count("received_serial")).isEqualTo(2);
    }

    @Test
    void it_cannot_book_again_what_is_archived() {
        AddressedMessage message = tickets.message(DISPATCH, CRM, CSVC, 1);
        tickets.ledger().accept(message);
        tickets.run("update leg set state = 'ARCHIVED'");
        tickets.deliverAll();
        assertThat(tickets.archiveAfterAll()).isEqualTo(1);

        assertThatThrownBy(() -> book(message.transIdo(), 1)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(tickets.hot()).isZero();
    }

    @Test
    void what_it_takes_back_may_come_again() {
        book("T1", 1);

        tickets.run("delete from message");

        assertThat(tickets.count("received_serial")).isZero();
        assertThat(book("T1", 1)).isPresent();
    }
}
