package org.relayhub.standalone.simulation.peer;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;

/** What the staff of the simulated peers write. Every name and number in it is obviously invented. */
public final class PeerBodies {

    private static final String PHONE = "10000000000";

    private PeerBodies() {}

    public static Body reply(Party by, String indictSeq, int round, Instant at) {
        Map<String, String> values = signed(by, indictSeq, "IndictRslt", result(by, round));
        values.put("StaffContactPhone", PHONE);
        values.put("ReplyTime", Serial.time(at));
        values.put("DutyReason", dutyReason(by));
        values.put("DutyCauseGrade", "01");
        return body("ReplyReq", values, "IndictSeq", "IndictRslt", "HandlingDept", "HandlingStaff");
    }

    private static String result(Party by, int round) {
        if (round > 1) {
            return "第" + round + "次核查完毕:已再次联系客户说明情况,相关费用已退还并办理取消。";
        }
        return switch (by.domain()) {
            case "SIMS" -> "经核查,该SP业务扣费依据不足,已取消业务并双倍退费,已通知SP整改。";
            case "NETW" -> "经测试,故障由基站参数异常引起,现已调整,复测正常。";
            default -> "经核查,客户订购状态异常,已更正并退还相关费用。";
        };
    }

    private static String dutyReason(Party by) {
        return switch (by.domain()) {
            case "SIMS" -> "050000";
            case "NETW" -> "030000";
            default -> "020000";
        };
    }

    public static Body returned(Party by, String indictSeq, String why, Instant at) {
        Map<String, String> values = signed(by, indictSeq, "HandlingComment", why);
        values.put("RejectTime", Serial.time(at));
        return body("ReturnReq", values, "IndictSeq", "RejectTime", "HandlingDept", "HandlingStaff");
    }

    public static Body reprocess(Party by, String indictSeq) {
        return body(
                "ReprocessReq",
                signed(by, indictSeq, "HandlingComment", "客户对处理结果不满意,要求重新核查扣费明细。"),
                "IndictSeq",
                "HandlingDept",
                "HandlingStaff");
    }

    public static Body archive(Party by, String indictSeq, String comment, Instant at) {
        Map<String, String> values = signed(by, indictSeq, "HandlingComment", comment);
        values.put("EndTime", Serial.time(at));
        values.put("StaffContactPhone", PHONE);
        values.put("DocumentsSatisfaction", "01");
        values.put("DutyReason", "990000");
        values.put("DutyCauseGrade", "01");
        return body("ArchiveReq", values, "IndictSeq", "HandlingDept", "HandlingStaff", "HandlingComment");
    }

    public static Body status(Holding holding, Instant updatedAt) {
        Party downstream = holding.downstream();
        Party current =
                switch (holding.state()) {
                    case DISPATCHED -> downstream == null ? holding.party() : downstream;
                    case REPLIED, RETURNED -> holding.upstream();
                    case ARCHIVED -> holding.party();
                };
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", holding.indictSeq());
        values.put("Status", holding.state().name());
        values.put("CurrentNode", current.toString());
        values.put("Round", Integer.toString(holding.round()));
        values.put("Urges", Integer.toString(holding.urges()));
        values.put("UpdatedTime", Serial.time(updatedAt));
        values.put("Source", "HOME");
        return BodyText.of("QueryRsp", values);
    }

    private static Map<String, String> signed(Party by, String indictSeq, String element, String text) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", indictSeq);
        values.put("HandlingDept", by + " 投诉处理组");
        values.put("HandlingStaff", "模拟坐席01");
        values.put(element, text);
        return values;
    }

    /** The schema wants its own order: the named elements first, then the others as they were put. */
    private static Body body(String element, Map<String, String> values, String... first) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String name : first) {
            String value = values.remove(name);
            if (value != null) {
                ordered.put(name, value);
            }
        }
        ordered.putAll(values);
        return BodyText.of(element, ordered);
    }
}
