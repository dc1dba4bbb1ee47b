package org.relayhub.operations.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.relayhub.message.Activity.ARCHIVE;
import static org.relayhub.message.Activity.BUSINESS_QUERY;
import static org.relayhub.message.Activity.DIAGNOSE;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.QUERY;
import static org.relayhub.message.Activity.REPLY;
import static org.relayhub.message.Activity.REPROCESS;
import static org.relayhub.message.Activity.RETURN;
import static org.relayhub.message.Activity.URGE;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.TestDatabase;
import org.relayhub.UtcClock;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Fault;
import org.relayhub.message.Party;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codec.HubDocuments;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.message.codes.ResponseCodes;
import org.relayhub.ticket.Ledger;
import org.relayhub.ticket.Notices;
import org.relayhub.ticket.deadline.DeadlineSettings;
import org.relayhub.ticket.deadline.DeadlineTable;
import org.relayhub.ticket.deadline.DeadlineWatch;
import org.relayhub.ticket.refusal.RefusalLog;

/** What the provinces come to, of tickets that go the way of all tickets, on a clock that the test moves. */
class DayBookTest {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party OTHER = Party.of("CRM-100");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Party VIDEO = Party.of("MVID-000");
    private static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

    /** Ten o'clock in China on the third. */
    private static final Instant MORNING = Instant.parse("2026-11-03T02:00:00Z");

    private Instant now = MORNING;
    private final UtcClock clock = new UtcClock() {
        @Override
        public Instant instant() {
            return now;
        }
    };
    private final TestDatabase database = TestDatabase.empty();
    private final Ledger ledger = new Ledger(database.client(), database.transaction(), clock);
    private final ResponseCodes codes = new ResponseCodes(CodeTable.read(Messages.SCHEMAS, "response-codes"));
    private final Subscribers subscribers = new Subscribers(
            CodeTable.parse("subscribers", "code,subscribers\n100,500\n250,40000\n270,1\n".getBytes()),
            List.of("100", "250", "270"));
    private final DayBook days = new DayBook(
            database.client(),
            database.transaction(),
            new ProvinceCounts(database.client(), Messages.CODES, codes),
            subscribers,
            clock);

    private void at(long hours) {
        now = MORNING.plus(Duration.ofHours(hours));
    }

    private void accept(Activity activity, Party from, Party to, String ticket) {
        assertThat(ledger.accept(Messages.message(activity, from, to, ticket)).code())
                .isEqualTo(ResponseCodes.SUCCESS);
    }

    private static AddressedMessage diagnosis(Party from, String subject, String number) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put(subject, number);
        body.put("SvcTypeId", "030101");
        body.put("AcceptTime", "2026-11-03 10:00:00");
        return Messages.request(DIAGNOSE, from, CSVC, body);
    }

    private void answer(AddressedMessage question, String code, String answer) {
        ledger.recordAnswered(question, code, "", answer);
    }

    private void refuse(AddressedMessage question, String code) {
        new RefusalLog(database.client())
                .book(question.sender().user(), question.document().header(), "soap", new Fault(code, "it is so"), now);
    }

    private @Nullable Double november(String province, Indicator indicator) {
        return value(days.report(NOVEMBER).provinces(), province, indicator);
    }

    private static @Nullable Double value(Provinces provinces, String province, Indicator indicator) {
        return province.equals("all")
                ? provinces.all().value(indicator)
                : provinces.rows().stream()
                        .filter(row -> row.province().equals(province))
                        .findFirst()
                        .orElseThrow()
                        .value(indicator);
    }

    private void threeTickets() {
        for (String ticket : List.of("20261103CSVC2500000001", "20261103CSVC2500000002", "20261103CSVC2500000003")) {
            accept(DISPATCH, CRM, CSVC, ticket);
        }
        // The second leg is no ticket of its own.
        accept(DISPATCH, CSVC, Party.of("SIMS-000"), "20261103CSVC2500000001");
        ledger.accept(Messages.asTest(Messages.message(DISPATCH, CRM, CSVC, "20261103CSVC2500000009")));
        at(2);
        accept(REPLY, CSVC, CRM, "20261103CSVC2500000001");
        accept(RETURN, CSVC, CRM, "20261103CSVC2500000003");
        accept(DISPATCH, CRM, CSVC, "20261103CSVC2500000003");
        at(4);
        accept(ARCHIVE, CRM, CSVC, "20261103CSVC2500000001");
        at(8);
        accept(URGE, CRM, CSVC, "20261103CSVC2500000002");
        at(14);
        lookAtDeadlines();
        accept(REPLY, CSVC, CRM, "20261103CSVC2500000002");
        accept(REPROCESS, CRM, CSVC, "20261103CSVC2500000002");
        at(20);
        accept(REPLY, CSVC, CRM, "20261103CSVC2500000002");
        accept(ARCHIVE, CRM, CSVC, "20261103CSVC2500000002");
        at(26);
        accept(REPLY, CSVC, CRM, "20261103CSVC2500000003");
        accept(ARCHIVE, CRM, CSVC, "20261103CSVC2500000003");
    }

    private void lookAtDeadlines() {
        new DeadlineWatch(
                        database.client(),
                        database.transaction(),
                        new DeadlineTable(CodeTable.parse(
                                "deadlines", "urgent_id,subs_level,svc_type_prefix,hours\n,,,13\n".getBytes())),
                        new DeadlineSettings(Duration.ofSeconds(10), 75, 0),
                        new Notices(
                                database.client(),
                                database.transaction(),
                                new HubDocuments(Messages.CODES, new DocumentWriter()),
                                clock),
                        party -> false,
                        new SimpleMeterRegistry(),
                        clock)
                .look();
    }

    @Test
    void a_month_says_how_its_tickets_went_and_nothing_of_tests() {
        threeTickets();
        at(72);
        days.close();

        assertThat(november("250", Indicator.OPENED)).isEqualTo(3);
        assertThat(november("250", Indicator.COMPLAINTS_PER_10000))
                .as("of 40,000")
                .isEqualTo(0.75);
        assertThat(november("250", Indicator.FIRST_REPLY_TIME))
                .as("2, 14 and 26 hours; the reply of the second round is not the first")
                .isEqualTo(14 * 3600.0);
        assertThat(november("250", Indicator.REPLIED_WITHIN_12H)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(november("250", Indicator.REPLIED_WITHIN_24H)).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(november("250", Indicator.ARCHIVED)).isEqualTo(3);
        assertThat(november("250", Indicator.HANDLING_TIME)).isCloseTo((4 + 20 + 26) * 1200.0, within(1.0));
        assertThat(november("250", Indicator.ROUNDS)).isCloseTo(4 / 3.0, within(1e-9));
        assertThat(november("250", Indicator.REPROCESSED)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(november("250", Indicator.URGED)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(november("250", Indicator.RETURNED)).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(november("250", Indicator.BREACHED))
                .as("the second by an hour; the third was dispatched anew")
                .isCloseTo(1 / 3.0, within(1e-9));
        assertThat(november("100", Indicator.OPENED)).isZero();
        assertThat(november("100", Indicator.FIRST_REPLY_TIME))
                .as("nothing to judge by")
                .isNull();
        assertThat(november("000", Indicator.OPENED))
                .as("a leg of the headquarters is none of their tickets")
                .isZero();
        assertThat(november("all", Indicator.OPENED)).isEqualTo(3);
    }

    @Test
    void a_closed_day_is_counted_once_and_the_others_as_they_are() {
        accept(DISPATCH, CRM, CSVC, "20261103CSVC2500000001");
        at(30);
        accept(DISPATCH, CRM, CSVC, "20261103CSVC2500000002");
        accept(REPLY, CSVC, CRM, "20261103CSVC2500000002");
        at(38);
        days.close();
        assertThat(november("250", Indicator.OPENED)).isEqualTo(2);
        assertThat(november("250", Indicator.REPLIED_WITHIN_24H))
                .as("of no day one knows yet how it went")
                .isNull();

        // The third of November has been over for 25 hours.
        at(39);
        days.close();
        days.close();

        assertThat(database.client()
                        .sql("select count(*) from province_day")
                        .query(Long.class)
                        .single())
                .as("three provinces and the headquarters, of one day")
                .isEqualTo(4);
        assertThat(november("250", Indicator.OPENED)).isEqualTo(2);
        assertThat(november("250", Indicator.REPLIED_WITHIN_24H))
                .as("of the third alone")
                .isZero();
        assertThat(days.report(NOVEMBER).complete()).isFalse();

        // A hub that was away for long closes what it has missed.
        at(24 * 40);
        days.close();

        assertThat(november("250", Indicator.REPLIED_WITHIN_24H)).isEqualTo(0.5);
        assertThat(days.report(NOVEMBER).complete()).isTrue();
        assertThat(days.report(NOVEMBER).until()).isEqualTo(Instant.parse("2026-11-30T16:00:00Z"));
        assertThat(days.report(NOVEMBER.plusMonths(1)).provinces().all().value(Indicator.OPENED))
                .isZero();
    }

    @Test
    void questions_are_answered_or_not_and_what_was_wrong_with_them_is_nobodys_failure() {
        answer(Messages.message(QUERY, CRM, CSVC, "20261103CSVC2500000001"), ResponseCodes.SUCCESS, "<R/>");
        answer(Messages.message(QUERY, CRM, CSVC, "20261103CSVC2500000001"), ResponseCodes.SUCCESS, "<R/>");
        answer(Messages.message(QUERY, CRM, CSVC, "20261103CSVC2500000001"), ResponseCodes.BUSINESS_FAILURE, "<R/>");
        AddressedMessage bill = Messages.service(BUSINESS_QUERY, CRM, VIDEO, "01", "001", "", "1");
        refuse(bill, ResponseCodes.PEER_TIMEOUT);
        refuse(bill, ResponseCodes.BODY_FORMAT);
        refuse(Messages.asTest(bill), ResponseCodes.PEER_TIMEOUT);
        answer(
                Messages.asTest(Messages.message(QUERY, CRM, CSVC, "20261103CSVC2500000001")),
                ResponseCodes.SUCCESS,
                "<R/>");
        now = now.plusSeconds(1);

        assertThat(november("250", Indicator.ASKED)).isEqualTo(4);
        assertThat(november("250", Indicator.ANSWERED)).isEqualTo(0.5);
        assertThat(november("100", Indicator.ANSWERED)).isNull();
    }

    @Test
    void a_diagnosis_that_finds_the_cause_intercepts_the_ticket_that_does_not_come() {
        String fault = "<DiagnoseRsp><Verdict>NETWORK_FAULT</Verdict></DiagnoseRsp>";
        String none = "<DiagnoseRsp><Verdict>NONE_FOUND</Verdict></DiagnoseRsp>";
        answer(diagnosis(CRM, "MSISDN", "13800000001"), ResponseCodes.SUCCESS, fault);
        answer(diagnosis(CRM, "MSISDN", "13800000002"), ResponseCodes.SUCCESS, none);
        answer(diagnosis(CRM, "LineNo", "L1"), ResponseCodes.SUCCESS, fault);
        // The tickets of this test are all of this number.
        answer(diagnosis(CRM, "MSISDN", "13800000000"), ResponseCodes.SUCCESS, fault);
        answer(diagnosis(OTHER, "MSISDN", "13800000000"), ResponseCodes.SUCCESS, fault);
        at(23);
        accept(DISPATCH, CRM, CSVC, "20261103CSVC2500000001");
        at(25);
        accept(DISPATCH, OTHER, CSVC, "20261103CSVC1000000001");
        at(72);
        days.close();

        assertThat(november("250", Indicator.DIAGNOSED)).isEqualTo(4);
        assertThat(november("250", Indicator.EXPLAINED)).isEqualTo(0.75);
        assertThat(november("250", Indicator.INTERCEPTED))
                .as("one of the three of a number; a ticket came after the third")
                .isCloseTo(1 / 3.0, within(1e-9));
        assertThat(november("100", Indicator.INTERCEPTED))
                .as("a ticket after more than a day is another matter")
                .isEqualTo(1);
    }

    @Test
    void lately_is_the_last_day_or_the_one_before_where_that_takes_a_day() {
        threeTickets();
        at(30);

        Provinces lately = days.lately();

        assertThat(value(lately, "250", Indicator.OPENED)).isZero();
        assertThat(value(lately, "250", Indicator.ARCHIVED)).isEqualTo(2);
        assertThat(value(lately, "250", Indicator.REPLIED_WITHIN_24H)).isCloseTo(2 / 3.0, within(1e-9));
    }
}
