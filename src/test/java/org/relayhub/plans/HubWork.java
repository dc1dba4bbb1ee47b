package org.relayhub.plans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.BUSINESS_HANDLE;
import static org.relayhub.message.Activity.BUSINESS_QUERY;
import static org.relayhub.message.Activity.COMMENT;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.REPROCESS;
import static org.relayhub.message.Activity.RETURN;
import static org.relayhub.message.Activity.URGE;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.relayhub.Messages;
import org.relayhub.delivery.DeliveryStatements;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Fault;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.operations.RefusalSearch;
import org.relayhub.operations.desk.AuditTrail;
import org.relayhub.operations.desk.DeliveryDesk;
import org.relayhub.operations.desk.DueLegs;
import org.relayhub.operations.desk.MessageDesk;
import org.relayhub.operations.desk.PartyDesk;
import org.relayhub.operations.desk.Traffic;
import org.relayhub.operations.report.DayBook;
import org.relayhub.operations.report.DayBooks;
import org.relayhub.ticket.Handlings;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.LegState;
import org.relayhub.ticket.Notices;
import org.relayhub.ticket.SenderNotice;
import org.relayhub.ticket.Tickets;
import org.relayhub.ticket.archive.Archive;
import org.relayhub.ticket.archive.LedgerSettings;
import org.relayhub.ticket.archive.Retention;
import org.relayhub.ticket.deadline.DeadlineSettings;
import org.relayhub.ticket.deadline.DeadlineTable;
import org.relayhub.ticket.deadline.DeadlineWatch;
import org.relayhub.ticket.probe.LinkHealth;
import org.relayhub.ticket.probe.ProbeSettings;
import org.relayhub.ticket.probe.Probes;
import org.relayhub.ticket.refusal.RefusalLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** All that a hub does and its operators ask, done once each on a filled ledger. */
final class HubWork {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party SIMS = Party.of("SIMS-000");
    private static final Party PROVINCE = Party.of("SIMS-250");
    private static final String NEW = "29990101CSVC250";

    private final FilledLedger ledger;
    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** @param source how the work reaches the ledger */
    HubWork(FilledLedger ledger, DataSource source, Clock clock) {
        this.ledger = ledger;
        this.database = JdbcClient.create(source);
        this.transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
        this.clock = clock;
    }

    /** What goes on without anybody's asking. */
    void run() {
        accept();
        deliver();
        handle();
        look();
        archive();
    }

    /** A ticket that the ledger does not have, be it one that is used again. */
    private String newTicket() {
        int last = ledger.database()
                .sql("select coalesce(max(right(indict_seq, 7)::int), 0) from ticket where indict_seq > :new")
                .param("new", NEW)
                .query(Integer.class)
                .single();
        return NEW + "%07d".formatted(last + 1);
    }

    private String any(String which) {
        return ledger.database()
                .sql("select indict_seq from " + which + " limit 1")
                .query(String.class)
                .single();
    }

    private void accept() {
        var book = new Ledger(database, transaction, clock);
        String ticket = newTicket();
        AddressedMessage dispatch = Messages.message(DISPATCH, CRM, CSVC, ticket);
        book.accept(dispatch);
        book.accept(dispatch);
        book.accept(Messages.message(DISPATCH, CSVC, SIMS, ticket));
        book.accept(Messages.message(COMMENT, CRM, CSVC, ticket));
        book.accept(Messages.message(URGE, CRM, CSVC, ticket));
        book.accept(Messages.message(RETURN, SIMS, CSVC, ticket));
        book.accept(Messages.message(DISPATCH, CSVC, SIMS, ticket));
        book.accept(Messages.message(REPLY, SIMS, CSVC, ticket));
        book.accept(Messages.message(REPROCESS, CSVC, SIMS, ticket));
        book.accept(Messages.message(ARCHIVE, CRM, CSVC, ticket));
        book.checkQuery(Messages.message(QUERY, CRM, CSVC, ticket));
        String archived = any("ticket where archive_month is not null and origin = 'CRM-250'");
        assertThat(book.accept(Messages.message(URGE, CRM, CSVC, archived)).code())
                .isEqualTo("2904");
        AddressedMessage question = Messages.service(BUSINESS_QUERY, CRM, CSVC, "001", "10101", "a|b", "1");
        book.findFirst(question);
        book.recordAnswered(question, "0000", "", "<InterBOSS/>");
        book.findFirst(question);
        book.findReceipt(Messages.message(DISPATCH, CRM, CSVC, archived, archived, "内容"));
        new RefusalLog(database)
                .book("crm-250", dispatch.document().header(), "soap", new Fault("0105", "x"), clock.instant());
    }

    private void deliver() {
        var delivery = new DeliveryStatements(database);
        assertThat(delivery.deliver(Map.of(CSVC, 8, SIMS, 4, PROVINCE, 4))).isGreaterThanOrEqualTo(8);
        String ticket = newTicket();
        AddressedMessage dispatch = Messages.message(DISPATCH, CRM, CSVC, ticket);
        long serial = new Ledger(database, transaction, clock).accept(dispatch).serial();
        // As if it had been tried.
        ledger.database()
                .sql("update delivery set claims = 1, state = 'delivered', holds = false where serial = :serial")
                .param("serial", serial)
                .update();
        delivery.answer(dispatch, "0000");
        delivery.answer(dispatch, "2901");
        new SenderNotice(database, transaction, notices(database, transaction), clock)
                .tell(serial, deliveryOf(serial), 2, "2901", "unknown");
    }

    private long deliveryOf(long serial) {
        return ledger.database()
                .sql("select delivery_id from delivery where serial = :serial")
                .param("serial", serial)
                .query(Long.class)
                .single();
    }

    private Notices notices(JdbcClient database, TransactionTemplate transaction) {
        return new Notices(database, transaction, new HubDocuments(Messages.CODES, new DocumentWriter()), clock);
    }

    private void handle() {
        var handlings = new Handlings(database, transaction, clock);
        long done = begin(handlings);
        handlings.isUnderWay(done);
        handlings.answered(done, "0000", "", "<InterBOSS/>");
        handlings.notCalled(begin(handlings));
        long unknown = begin(handlings);
        handlings.unknown(unknown, "late");
        handlings.open(0, 50);
        handlings.openCount();
        handlings.settle(unknown, "operator", true, "asked");
    }

    private static long begin(Handlings handlings) {
        AddressedMessage handling = Messages.service(BUSINESS_HANDLE, CRM, CSVC, "001", "20101", "a", null);
        return ((Handlings.Start.Begun) handlings.begin(handling, Party.of("MVID-000"), Duration.ofSeconds(5)))
                .serial();
    }

    private void look() {
        new DeadlineWatch(
                        database,
                        transaction,
                        new DeadlineTable(CodeTable.read(Messages.SCHEMAS, "deadlines")),
                        new DeadlineSettings(Duration.ofSeconds(10), 75, 80),
                        notices(database, transaction),
                        party -> true,
                        new SimpleMeterRegistry(),
                        clock)
                .look();
        var probes = new Probes(
                database,
                transaction,
                new Ledger(database, transaction, clock),
                new HubDocuments(Messages.CODES, new DocumentWriter()),
                new ProbeSettings(Duration.ofMinutes(5), Duration.ofMinutes(2), Duration.ofDays(7), "03010101"),
                () -> List.of(CSVC, SIMS),
                party -> {},
                new SimpleMeterRegistry(),
                clock);
        probes.begin();
        probes.follow();
        probes.forget();
        new LinkHealth(database).all();
    }

    void search() {
        var tickets = new Tickets(database);
        String number = ledger.database()
                .sql("select msisdn from ticket where indict_seq = :ticket")
                .param("ticket", any("ticket where archive_month is null and indict_seq < '2999'"))
                .query(String.class)
                .single();
        Instant now = clock.instant();
        for (Tickets.Search search : List.of(
                search(null, null, null, null, null, null),
                Tickets.Search.ofNumber(number),
                search(CRM, null, null, null, null, null),
                search(null, CSVC, null, null, null, null),
                search(null, PROVINCE, null, null, null, null),
                search(null, Party.of("MVID-000"), null, null, null, null),
                search(null, Party.HUB, null, null, null, null),
                search(null, null, LegState.DISPATCHED, null, null, null),
                search(null, null, LegState.RETURNED, null, null, null),
                search(null, null, LegState.ARCHIVED, null, null, null),
                search(CRM, null, LegState.REPLIED, null, null, null),
                search(null, null, null, "0451", null, null),
                search(null, null, null, "0302", null, null),
                search(null, null, null, null, now.minus(Duration.ofDays(30)), now.minus(Duration.ofDays(29))),
                search(null, CSVC, LegState.REPLIED, "0401", now.minus(Duration.ofDays(30)), now))) {
            tickets.find(search, 0, 51);
        }
        tickets.find(search(null, null, null, null, null, null), 5_000, 51);
        var messages = new MessageDesk(database);
        for (String ticket : List.of(
                any("ticket where archive_month is null"),
                any("ticket where archive_month is not null"),
                NEW + "0000001")) {
            tickets.find(ticket);
            messages.ofTicket(ticket).forEach(message -> messages.find(message.sender(), message.transIdo()));
        }
        messages.find(List.of(CRM, CSVC, SIMS, Party.HUB), "none");
    }

    private static Tickets.Search search(
            @Nullable Party origin,
            @Nullable Party party,
            @Nullable LegState state,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant to) {
        return new Tickets.Search(origin, party, state, null, type, from, to);
    }

    void show() {
        var deliveries = new DeliveryDesk(database, clock);
        for (Party party : new Party[] {null, CSVC}) {
            deliveries.find(party, null, 0, 51);
            for (DeliveryDesk.Waiting state : DeliveryDesk.Waiting.values()) {
                deliveries.find(party, state, 0, 51);
            }
        }
        deliveries.state(1);
        deliveries.act(DeliveryDesk.Act.RESEND, 1, "operator", "why");
        deliveries.actOn(DeliveryDesk.Act.DISCARD, List.of(1L, 2L), "operator", "why");
        deliveries.actOnAll(DeliveryDesk.Act.RESEND, PROVINCE, "operator", "why");
        var parties = new PartyDesk(database, clock);
        parties.queues();
        parties.lastSuccesses(List.of(CRM, CSVC, SIMS, PROVINCE, Party.of("MVID-000")));
        parties.suspensions();
        var due = new DueLegs(database);
        Instant now = clock.instant();
        due.count(Instant.EPOCH, now);
        due.count(now, now.plus(Duration.ofHours(2)));
        due.next(now, 8);
        new Traffic(database, clock).counts();
        var audit = new AuditTrail(database);
        audit.find(AuditTrail.Search.of("party SIMS-250"), 0, 51);
        audit.find(AuditTrail.Search.ofActions(List.of("resend")), 0, 51);
        RefusalSearch.find(database, null);
        RefusalSearch.find(database, "crm-250");
    }

    private void archive() {
        DayBook days = DayBooks.of(database, transaction, clock);
        days.close();
        days.lately();
        days.report(YearMonth.now(clock));
        var settings = new LedgerSettings(Duration.ofDays(89), 24);
        // As many as there is time for: each goes the same way.
        assertThat(new Archive(
                                database,
                                transaction,
                                settings,
                                Duration.ofMillis(500),
                                new SimpleMeterRegistry(),
                                clock)
                        .move())
                .isPositive();
        new Retention(database, transaction, settings, new SimpleMeterRegistry(), clock).prune();
    }
}
