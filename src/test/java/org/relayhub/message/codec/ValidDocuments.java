package org.relayhub.message.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A valid document of every body element, made of samples. */
public final class ValidDocuments {

    private record Sample(String bipCode, String activityCode, String values) {}

    private static final String HANDLING = """
            IndictSeq 20261122CSVC2500000001
            HandlingDept 客服中心
            HandlingStaff 王五
            PhoneNum 02500000001
            HandlingComment 请尽快处理
            """;

    private static final Map<String, Sample> SAMPLES = samples();

    private ValidDocuments() {}

    /** The names of all body elements. */
    public static List<String> bodies() {
        return List.copyOf(SAMPLES.keySet());
    }

    /** The request of a complaint's first hop: CRM-250 to CSVC-000. */
    public static Draft dispatch() {
        return of("DispatchReq");
    }

    /** A document that carries a body element: a response if the element is an answer's. */
    public static Draft of(String body) {
        Sample sample = SAMPLES.get(body);
        if (sample == null) {
            throw new IllegalArgumentException("no sample of " + body);
        }
        List<XmlNode> parts = header(sample, body.endsWith("Rsp"));
        parts.add(new XmlNode("SvcCont", List.of(new XmlNode(body, nodes(sample.values())))));
        return new Draft(new XmlNode("InterBOSS", parts));
    }

    /** The answer 0000 to an asynchronous request, which has no body. */
    public static Draft acknowledgement(String requestBody) {
        Sample sample = SAMPLES.get(requestBody);
        if (sample == null) {
            throw new IllegalArgumentException("no sample of " + requestBody);
        }
        return new Draft(new XmlNode("InterBOSS", header(sample, true)));
    }

    private static List<XmlNode> header(Sample sample, boolean response) {
        var parts = new ArrayList<XmlNode>();
        parts.add(new XmlNode("Version", "0100"));
        parts.add(new XmlNode("TestFlag", "1"));
        parts.add(group(
                "BIPType",
                "BIPCode " + sample.bipCode(),
                "ActivityCode " + sample.activityCode(),
                "ActionCode " + (response ? "1" : "0")));
        XmlNode routing = group("RoutingInfo", "OrigDomain CRM", "RouteType 00");
        routing.children().add(group("Routing", "HomeDomain CSVC", "RouteValue 000"));
        parts.add(routing);
        XmlNode transaction = group(
                "TransInfo", "SessionID S20261122-1", "TransIDO CRM250-0000000001", "TransIDOTime 20261122101500");
        if (response) {
            transaction.children().addAll(nodes("TransIDH HUB000000000000001\nTransIDHTime 20261122101501"));
        }
        parts.add(transaction);
        parts.add(group("SNReserve", "MsgSender 2500", "MsgReceiver 0000", "ConvID C-1", "CutOffDay 20261122"));
        if (response) {
            parts.add(group("Response", "RspType 0", "RspCode 0000", "RspDesc success"));
        }
        return parts;
    }

    private static XmlNode group(String name, String... values) {
        return new XmlNode(name, nodes(String.join("\n", values)));
    }

    /** One element for each line: its name, a blank, its value. A line that begins with + is a child of the last. */
    private static List<XmlNode> nodes(String lines) {
        var nodes = new ArrayList<XmlNode>();
        for (String line : lines.strip().split("\n")) {
            String[] nameAndValue = line.strip().split(" ", 2);
            if (nameAndValue[0].startsWith("+")) {
                nodes.get(nodes.size() - 1).children().add(new XmlNode(nameAndValue[0].substring(1), nameAndValue[1]));
            } else {
                nodes.add(new XmlNode(nameAndValue[0], nameAndValue.length > 1 ? nameAndValue[1] : ""));
            }
        }
        return nodes;
    }

    private static Map<String, Sample> samples() {
        var samples = new TreeMap<String, Sample>();
        samples.put("DispatchReq", new Sample("BIP2C081", "T2002081", """
                IndictSeq 20261122CSVC2500000001
                ContactId 2502026112210150000001
                ContactChannel 01
                OriginTime 2026-11-22 10:10:00
                ContactContent 用户来电投诉
                SRId SR20261122000001
                MSISDN 13900000000
                SubsName 张三
                SvcCity 南京
                SubsLevel 04
                SubsBrand 01
                CallerNo 13900000000
                CalledNo 10086
                SvcTypeId 030101
                UrgentId 01
                HomeProv 250
                TProv 000
                AcceptTime 2026-11-22 10:15:00
                DeadTime 2026-11-24 10:15:00
                AcceptStaff 10086001
                Title 用户投诉梦网短信费用
                ServiceContent 用户称未订购业务却被收费，要求核查
                Pretreatment 已解释，用户不认可
                ProcessType 投诉处理
                ServiceName 梦网短信
                SPID 900001
                """));
        samples.put("ReplyReq", new Sample("BIP2C082", "T2002082", """
                IndictSeq 20261122CSVC2500000001
                Satisfaction 01
                IndictRslt 已退费
                HandlingDept 客服中心
                HandlingStaff 李四
                StaffContactPhone 02500000000
                ReplyTime 2026-11-23 09:00:00
                DutyReason 050000
                DutyCauseGrade 01
                ProcessScene 费用争议
                PlannedSolveTime 2026-11-25 18:00:00
                """));
        samples.put("ArchiveReq", new Sample("BIP2C088", "T2002088", """
                IndictSeq 20261122CSVC2500000001
                HandlingDept 客服中心
                HandlingStaff 王五
                HandlingComment 用户满意
                EndTime 2026-11-23 15:00:00
                StaffContactPhone 02500000000
                DocumentsSatisfaction 01
                Satisfaction 01
                IsEligible 01
                DutyReason 050000
                DutyCauseGrade 01
                """));
        samples.put("CommentReq", new Sample("BIP2C083", "T2002083", HANDLING));
        samples.put("UrgeReq", new Sample("BIP2C084", "T2002084", HANDLING));
        samples.put("ReprocessReq", new Sample("BIP2C085", "T2002085", HANDLING));
        samples.put("ReturnReq", new Sample("BIP2C086", "T2002086", """
                IndictSeq 20261122CSVC2500000001
                RejectTime 2026-11-22 18:00:00
                HandlingDept 客服中心
                HandlingStaff 王五
                PhoneNum 02500000001
                HandlingComment 不属于我方处理
                """));
        samples.put("NoticeReq", new Sample("BIP2C098", "T2002098", """
                Kind SLA_WARNING
                Title 工单即将超时
                Content 请尽快处理
                IndictSeq 20261122CSVC2500000001
                DueTime 2026-11-24 10:15:00
                """));
        samples.put("QueryReq", new Sample("BIP2C087", "T2002087", "IndictSeq 20261122CSVC2500000001"));
        samples.put("QueryRsp", new Sample("BIP2C087", "T2002087", """
                IndictSeq 20261122CSVC2500000001
                Status DISPATCHED
                CurrentNode SIMS-000
                Round 1
                Urges 0
                HandlingDept 客服中心
                HandlingStaff 李四
                UpdatedTime 2026-11-22 11:00:00
                Source HOME
                """));
        samples.put("BusinessQueryReq", new Sample("BIP2C092", "T2002092", """
                CallerNo 13900000000
                ServiceTypeId 82
                OperateTypeId 01002
                OperateConditions 13900000000|2026-10-01|2026-11-01
                QueryPageNum 1
                OriginTime 2026-11-22 10:10:00
                AcceptStaff 10086001
                ContactChannel 01
                """));
        samples.put("BusinessQueryRsp", new Sample("BIP2C092", "T2002092", """
                OperRtnStaId 00
                RsltTotalCnt 2
                RsltPageCurrCnt 2
                RsltColumns 业务|时间
                QryRslt 手机视频|2026-10-02
                QryRslt 手机视频|2026-10-03
                """));
        samples.put("BusinessHandleReq", new Sample("BIP2C094", "T2002094", """
                CallerNo 13900000000
                ServiceTypeId 82
                OperateTypeId 02001
                OperateConditions 13900000000|1
                OriginTime 2026-11-22 10:10:00
                AcceptStaff 10086001
                ContactChannel 01
                IndictSeq 20261122CSVC2500000001
                """));
        samples.put("BusinessHandleRsp", new Sample("BIP2C094", "T2002094", """
                OperRtnStaId 00
                OperRtnDesc 办理成功
                """));
        samples.put("DiagnoseReq", new Sample("BIP2C095", "T2002095", """
                MSISDN 13900000000
                SvcTypeId 0502
                AcceptTime 2026-11-22 10:15:00
                """));
        samples.put("DiagnoseRsp", new Sample("BIP2C095", "T2002095", """
                Verdict NETWORK_FAULT
                Advice 等待修复
                Finding
                +Source NETW-250
                +Outcome OK
                +Key alarm
                +Value 基站断站
                Finding
                +Source BOSS-250
                +Outcome TIMEOUT
                +Key subscriber
                +Value 无
                """));
        samples.put("RepairReq", new Sample("BIP2C096", "T2002096", """
                MSISDN 13900000000
                Domain MVID
                ServiceTypeId 82
                """));
        samples.put("RepairRsp", new Sample("BIP2C096", "T2002096", """
                Before 未订购
                After 已订购
                Changed true
                """));
        samples.put("SubscriberReq", new Sample("BIP2C101", "T2002101", "MSISDN 13900000000"));
        samples.put("SubscriberRsp", new Sample("BIP2C101", "T2002101", """
                State SUSPENDED
                StateReason 欠费停机
                Installation IN_PROGRESS
                InstallationDue 2026-11-25 18:00:00
                """));
        samples.put("SubscriptionReq", new Sample("BIP2C102", "T2002102", """
                MSISDN 13900000000
                ServiceTypeId 82
                """));
        samples.put("SubscriptionRsp", new Sample("BIP2C102", "T2002102", """
                Subscription
                +ServiceTypeId 82
                +State ACTIVE
                +Since 2025-11-22 10:15:00
                Subscription
                +ServiceTypeId 84
                +State SUSPENDED
                +Since 2024-02-29 08:00:00
                """));
        samples.put("AlignReq", new Sample("BIP2C103", "T2002103", """
                MSISDN 13900000000
                ServiceTypeId 82
                State ACTIVE
                """));
        samples.put("AlignRsp", new Sample("BIP2C103", "T2002103", "State ACTIVE"));
        samples.put("LineStateReq", new Sample("BIP2C104", "T2002104", "MSISDN 13900000000"));
        samples.put("LineStateRsp", new Sample("BIP2C104", "T2002104", """
                LineNo NJ-0001
                Area 南京鼓楼
                NetworkSide DEGRADED
                CustomerSide UP
                CheckedTime 2026-11-22 10:15:00
                """));
        return samples;
    }
}
