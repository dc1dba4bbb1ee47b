package org.relayhub.standalone.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.relayhub.message.Body;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.relayhub.message.codec.BodyText;

/** Complaints as customers make them. Names and numbers are obviously invented: no subscriber's number begins with 100. */
final class SampleComplaints {

    /** @param spId the service provider; null where the carrier itself offers the service */
    private record Complaint(
            String svcTypeId,
            String serviceName,
            String title,
            String content,
            @Nullable String spId) {}

    private static final List<Complaint> COMPLAINTS = List.of(
            new Complaint("0301", "每日笑话短信", "梦网短信不知情订购", "客户称从未订购该短信业务,本月被扣信息费8元,要求核实订购记录并退费。", "900001"),
            new Complaint("0301", "天气早知道", "梦网短信退订不成功", "客户多次发送退订指令仍收到短信并被扣费5元,要求立即取消并退还费用。", "900002"),
            new Complaint("0302", "彩信周刊", "梦网彩信重复扣费", "客户反映同一彩信业务本月被扣费两次,合计20元,要求核查扣费明细。", "900003"),
            new Complaint("0303", "声讯故事会", "IVR拨打扣费争议", "客户称误拨后立即挂断,仍被收取信息费15元,对计费规则有异议。", "900004"),
            new Complaint("0304", "掌上新闻", "WAP页面误点扣费", "客户浏览网页时误点链接被开通包月业务,无二次确认提示,要求退费。", "900005"),
            new Complaint("0401", "校园WLAN", "WLAN频繁掉线", "客户在图书馆使用WLAN时每隔几分钟掉线一次,已持续三天,要求尽快修复。", null),
            new Complaint("0501", "网络覆盖", "室内信号弱", "客户反映家中信号只有一格,通话经常中断,要求上门测试。", null),
            new Complaint("0502", "手机上网", "上网速度慢", "客户反映晚间上网速度很慢,网页打不开,已重启手机无效。", null),
            new Complaint("0402", "彩云", "云端照片丢失", "客户称上传到彩云的照片部分无法查看,要求帮助恢复。", null),
            new Complaint("0451", "手机视频包月", "视频会员无法使用", "客户已订购视频会员,登录后仍提示未开通,要求核实状态。", null),
            new Complaint("0452", "游戏点数", "游戏点数充值未到账", "客户充值游戏点数10元,扣费成功但点数未到账。", null),
            new Complaint("0453", "无线音乐俱乐部", "彩铃设置失败", "客户订购彩铃后仍播放原铃音,多次设置无效。", null),
            new Complaint("0454", "手机支付", "支付成功未出票", "客户用手机支付购买电影票,已扣款但未收到取票码。", null),
            new Complaint("0455", "手机阅读包月", "阅读包月重复收费", "客户反映阅读包月业务一个月内扣费两次,要求退还一次费用。", null));

    private static final List<String> NAMES = List.of("测试甲", "测试乙", "测试丙", "测试丁");
    private static final int CROSS_REGION_ONE_IN = 4;

    private final List<Party> simsOfProvinces;
    private final RandomGenerator random;

    /** @param simsOfProvinces the provinces that a complaint about a service provider may be handed to */
    SampleComplaints(List<Party> simsOfProvinces, RandomGenerator random) {
        this.simsOfProvinces = simsOfProvinces;
        this.random = random;
    }

    /** Any complaint. */
    Body any(Party crm, String indictSeq, Instant now) {
        return of(random.nextInt(COMPLAINTS.size()), crm, indictSeq, now);
    }

    /** How many different ones there are. */
    static int count() {
        return COMPLAINTS.size();
    }

    Body of(int index, Party crm, String indictSeq, Instant now) {
        Complaint complaint = COMPLAINTS.get(index);
        // Obviously invented, and at home in the CRM's province by number-segments.csv.
        String number = "100%s0%04d".formatted(crm.node(), random.nextInt(10_000));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("IndictSeq", indictSeq);
        values.put("ContactId", Serial.compactTime(now) + indictSeq.substring(15));
        values.put("ContactChannel", "01");
        values.put("OriginTime", Serial.time(now));
        values.put("ContactContent", "客户来电投诉:" + complaint.title());
        values.put("SRId", "SR" + indictSeq);
        values.put("MSISDN", number);
        values.put("SubsName", NAMES.get(random.nextInt(NAMES.size())));
        values.put("SvcCity", "示例市");
        values.put("SubsLevel", "04");
        values.put("SubsBrand", "0" + (1 + random.nextInt(3)));
        values.put("CallerNo", number);
        values.put("CalledNo", "10086");
        values.put("SvcTypeId", complaint.svcTypeId());
        values.put("UrgentId", random.nextInt(10) == 0 ? "02" : "01");
        values.put("HomeProv", crm.node());
        values.put("TProv", targetProvince(complaint, crm));
        values.put("AcceptTime", Serial.time(now));
        values.put("DeadTime", Serial.time(now.plus(Duration.ofHours(48))));
        values.put("AcceptStaff", "模拟坐席01");
        values.put("Title", complaint.title());
        values.put("ServiceContent", complaint.content());
        values.put("Pretreatment", "已向客户解释并查询订购记录,客户不认可。");
        values.put("ProcessType", "投诉");
        values.put("ServiceName", complaint.serviceName());
        if (complaint.spId() != null) {
            values.put("SPID", complaint.spId());
        }
        return BodyText.of("DispatchReq", values);
    }

    /** Some service providers are at home in another province than their customers. */
    private String targetProvince(Complaint complaint, Party crm) {
        boolean elsewhere =
                complaint.spId() != null && !simsOfProvinces.isEmpty() && random.nextInt(CROSS_REGION_ONE_IN) == 0;
        if (!elsewhere) {
            return "000";
        }
        String target =
                simsOfProvinces.get(random.nextInt(simsOfProvinces.size())).node();
        return target.equals(crm.node()) ? "000" : target;
    }
}
