package org.relayhub.ticket.probe;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codec.HubDocuments;

/** The messages of a test ticket. It is about nobody: its number is no customer's, and its name says that it is a probe. */
final class ProbeTicket {

    private static final String HEADQUARTERS = "000";
    private static final int NUMBERS = 10_000_000;
    private static final String NOBODY = "10000000000";
    private static final String PROBE = "枢纽链路探测";

    private final HubDocuments documents;
    private final String svcTypeId;
    private final Duration answerWithin;

    ProbeTicket(HubDocuments documents, String svcTypeId, Duration answerWithin) {
        this.documents = documents;
        this.svcTypeId = svcTypeId;
        this.answerWithin = answerWithin;
    }

    /** A ticket's name, by a number that only grows. */
    static String indictSeq(long number, Instant at) {
        return "%sCSVC%s%07d"
                .formatted(
                        DateTimeFormatter.BASIC_ISO_DATE.format(
                                ZonedDateTime.ofInstant(at, Serial.CHINA).toLocalDate()),
                        HubDocuments.TICKETS,
                        number % NUMBERS);
    }

    /** The TransIDO of one of the ticket's messages: each is sent once. */
    static String transIdo(Activity activity, String indictSeq) {
        return (activity == Activity.DISPATCH ? "PRBD" : "PRBA") + indictSeq;
    }

    AddressedMessage dispatch(Party party, String indictSeq, Instant now) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", indictSeq);
        values.put("ContactId", indictSeq);
        values.put("ContactChannel", "01");
        values.put("OriginTime", Serial.time(now));
        values.put("SRId", indictSeq);
        values.put("MSISDN", NOBODY);
        values.put("SubsName", PROBE);
        values.put("SvcCity", "-");
        values.put("SubsLevel", "04");
        values.put("SubsBrand", "01");
        values.put("CallerNo", NOBODY);
        values.put("CalledNo", "10086");
        values.put("SvcTypeId", svcTypeId);
        values.put("UrgentId", "01");
        values.put("HomeProv", "100");
        values.put("TProv", HEADQUARTERS);
        values.put("AcceptTime", Serial.time(now));
        values.put("DeadTime", Serial.time(now.plus(answerWithin)));
        values.put("AcceptStaff", Party.HUB.toString());
        values.put("Title", PROBE);
        values.put("ServiceContent", "枢纽定时发出的测试工单，用于检查链路是否畅通。请按测试工单受理并回复，枢纽随后归档。");
        values.put("ProcessType", "-");
        values.put("ServiceName", PROBE);
        return message(party, Activity.DISPATCH, indictSeq, values, now);
    }

    AddressedMessage archive(Party party, String indictSeq, Instant now) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", indictSeq);
        values.put("HandlingDept", "HUB");
        values.put("HandlingStaff", Party.HUB.toString());
        values.put("HandlingComment", "枢纽链路探测结束，测试工单归档。");
        values.put("EndTime", Serial.time(now));
        values.put("StaffContactPhone", "-");
        values.put("DocumentsSatisfaction", "01");
        values.put("DutyReason", "010000");
        values.put("DutyCauseGrade", "01");
        return message(party, Activity.ARCHIVE, indictSeq, values, now);
    }

    private AddressedMessage message(
            Party party, Activity activity, String indictSeq, Map<String, String> values, Instant now) {
        return documents.request(
                party,
                activity,
                transIdo(activity, indictSeq),
                BodyText.of(documents.element(activity), values),
                true,
                now);
    }
}
