package org.relayhub;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Activity;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Body;
import org.relayhub.message.Header;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.codec.BodyText;
import org.relayhub.message.codec.DocumentWriter;
import org.relayhub.message.codes.ActivityCodes;
import org.relayhub.message.codes.CodeTable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** Messages for tests: right in every element, each with a TransIDO of its own. */
public final class Messages {

    public static final Resource SCHEMAS = new FileSystemResource("schemas/");
    public static final ActivityCodes CODES = new ActivityCodes(CodeTable.read(SCHEMAS, "activities"));

    private static final AtomicLong NEXT = new AtomicLong();
    private static final DocumentWriter WRITER = new DocumentWriter();

    private Messages() {}

    public static String transIdo(Party sender) {
        return sender.domain() + sender.node() + "T%019d".formatted(NEXT.incrementAndGet());
    }

    public static AddressedMessage message(Activity activity, Party from, Party to, String indictSeq) {
        return message(activity, from, to, indictSeq, transIdo(from), "内容");
    }

    public static AddressedMessage message(
            Activity activity, Party from, Party to, String indictSeq, String transIdo, String text) {
        Header header = header(activity, from, Header.BY_NODE, to.domain(), to.node(), transIdo);
        return addressed(activity, from, to, header, body(activity, indictSeq, text));
    }

    /** A dispatch of a certain UrgentId. */
    public static AddressedMessage dispatch(Party from, Party to, String indictSeq, String urgentId) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", indictSeq);
        dispatch(values, indictSeq, "内容");
        values.put("UrgentId", urgentId);
        Header header = header(Activity.DISPATCH, from, Header.BY_NODE, to.domain(), to.node(), transIdo(from));
        return addressed(
                Activity.DISPATCH,
                from,
                to,
                header,
                BodyText.of(CODES.of(Activity.DISPATCH).requestElement(), values));
    }

    /** A message that names its home party by a number (RouteType 01). */
    public static AddressedMessage byNumber(
            Activity activity, Party from, Party home, String indictSeq, String number) {
        Header header = header(activity, from, "01", home.domain(), number, transIdo(from));
        return addressed(activity, from, home, header, body(activity, indictSeq, "内容"));
    }

    /** A request that is about no ticket. */
    public static AddressedMessage request(Activity activity, Party from, Party to, Map<String, String> body) {
        Header header = header(activity, from, Header.BY_NODE, to.domain(), to.node(), transIdo(from));
        return addressed(
                activity, from, to, header, BodyText.of(CODES.of(activity).requestElement(), body));
    }

    /** An own-business query or handling; {@code page} is null in a handling. */
    public static AddressedMessage service(
            Activity activity,
            Party from,
            Party to,
            String service,
            String operation,
            String conditions,
            @Nullable String page) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("CallerNo", "13800000000");
        values.put("ServiceTypeId", service);
        values.put("OperateTypeId", operation);
        values.put("OperateConditions", conditions);
        if (page != null) {
            values.put("QueryPageNum", page);
        }
        values.put("OriginTime", "2026-11-22 09:30:00");
        values.put("AcceptStaff", "A001");
        values.put("ContactChannel", "01");
        return request(activity, from, to, values);
    }

    /** The same, with TestFlag 1. */
    public static AddressedMessage asTest(AddressedMessage message) {
        Header header = message.document().header();
        var test = new Header(
                header.version(),
                "1",
                header.bipCode(),
                header.activityCode(),
                header.actionCode(),
                header.origDomain(),
                header.routeType(),
                header.homeDomain(),
                header.routeValue(),
                header.sessionId(),
                header.transIdo(),
                header.transIdoTime(),
                header.transIdh(),
                header.transIdhTime(),
                header.msgSender(),
                header.msgReceiver(),
                header.convId(),
                header.cutOffDay());
        return addressed(
                message.activity(),
                message.sender(),
                message.home(),
                test,
                message.document().requireBody());
    }

    private static AddressedMessage addressed(Activity activity, Party from, Party home, Header header, Body body) {
        var document = InterBossDocument.of(header, null, body);
        return new AddressedMessage(document, WRITER.write(document), activity, from, home, "test");
    }

    private static Header header(
            Activity activity, Party from, String routeType, String homeDomain, String routeValue, String transIdo) {
        ActivityCodes.Row row = CODES.of(activity);
        return new Header(
                "0100",
                "0",
                row.bipCode(),
                row.activityCode(),
                Header.REQUEST,
                from.domain(),
                routeType,
                homeDomain,
                routeValue,
                null,
                transIdo,
                "20261122093000",
                null,
                null,
                from.node() + "0",
                null,
                null,
                null);
    }

    /** A right body of an activity about a ticket. */
    public static Body body(Activity activity, String indictSeq, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", indictSeq);
        switch (activity) {
            case DISPATCH -> dispatch(values, indictSeq, text);
            case REPLY -> {
                values.put("IndictRslt", text);
                handling(values);
                values.put("StaffContactPhone", "02512345678");
                values.put("ReplyTime", "2026-11-22 10:00:00");
                values.put("DutyReason", "050000");
                values.put("DutyCauseGrade", "01");
            }
            case ARCHIVE -> {
                handling(values);
                values.put("HandlingComment", text);
                values.put("EndTime", "2026-11-22 11:00:00");
                values.put("StaffContactPhone", "02512345678");
                values.put("DocumentsSatisfaction", "01");
                values.put("DutyReason", "050000");
                values.put("DutyCauseGrade", "01");
            }
            case RETURN -> {
                values.put("RejectTime", "2026-11-22 10:00:00");
                handling(values);
                values.put("HandlingComment", text);
            }
            case COMMENT, URGE, REPROCESS -> {
                handling(values);
                values.put("HandlingComment", text);
            }
            case QUERY -> {}
            default -> throw new IllegalArgumentException("no body for " + activity);
        }
        return BodyText.of(CODES.of(activity).requestElement(), values);
    }

    private static void handling(Map<String, String> values) {
        values.put("HandlingDept", "客服中心");
        values.put("HandlingStaff", "KF001");
    }

    private static void dispatch(Map<String, String> values, String indictSeq, String text) {
        String province = indictSeq.substring(12, 15);
        values.put("ContactId", "C" + indictSeq);
        values.put("ContactChannel", "01");
        values.put("OriginTime", "2026-11-22 09:00:00");
        values.put("SRId", "SR" + indictSeq);
        values.put("MSISDN", "13800000000");
        values.put("SubsName", "张三");
        values.put("SvcCity", "南京");
        values.put("SubsLevel", "02");
        values.put("SubsBrand", "01");
        values.put("CallerNo", "13800000000");
        values.put("CalledNo", "10086");
        values.put("SvcTypeId", "030101");
        values.put("UrgentId", "01");
        values.put("HomeProv", province);
        values.put("TProv", "000");
        values.put("AcceptTime", "2026-11-22 09:30:00");
        values.put("DeadTime", "2026-11-23 09:30:00");
        values.put("AcceptStaff", "A001");
        values.put("Title", "梦网短信多收费");
        values.put("ServiceContent", text);
        values.put("ProcessType", "01");
        values.put("ServiceName", "掌上灵通");
    }
}
