package org.relayhub.business;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.relayhub.Messages;
import org.relayhub.message.Activity;
import org.relayhub.message.Body;
import org.relayhub.message.InterBossDocument;
import org.relayhub.message.Party;
import org.relayhub.message.Response;
import org.relayhub.message.codec.BodyText;

class ServiceAnswersTest {

    private static final String WANTED = "BusinessQueryRsp";

    private static InterBossDocument answer(String code, Body body) {
        var header = Messages.service(
                        Activity.BUSINESS_QUERY,
                        Party.of("CRM-250"),
                        Party.of("CSVC-000"),
                        "82",
                        "01001",
                        "13800000000",
                        "1")
                .document()
                .header();
        return InterBossDocument.of(header.answered("P1", "20261122093001"), new Response("0", code, ""), body);
    }

    private static Body page(String total, String onPage, String columns, String... rows) {
        var body = new BodyText.Draft(WANTED)
                .value("OperRtnStaId", "00")
                .value("RsltTotalCnt", total)
                .value("RsltPageCurrCnt", onPage)
                .value("RsltColumns", columns);
        for (String row : rows) {
            body.value("QryRslt", row);
        }
        return body.finish();
    }

    @Test
    void a_page_whose_counts_and_columns_agree_is_right() {
        assertThat(ServiceAnswers.fault(answer("0000", page("12", "2", "业务|时间", "视频|昨天", "|")), WANTED))
                .isEmpty();
        assertThat(ServiceAnswers.fault(answer("0000", page("12", "0", "业务|时间")), WANTED))
                .isEmpty();
    }

    @Test
    void a_refusal_needs_no_body() {
        assertThat(ServiceAnswers.fault(answer("2998", page("0", "0", "-")), WANTED))
                .isEmpty();
    }

    @Test
    void a_page_that_nobody_could_read_is_named() {
        assertThat(ServiceAnswers.fault(answer("0000", page("2", "1", "a|b", "1|2", "3|4")), WANTED))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("RsltPageCurrCnt: "));
        assertThat(ServiceAnswers.fault(answer("0000", page("1", "2", "a|b", "1|2", "3|4")), WANTED))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("RsltTotalCnt: "));
        assertThat(ServiceAnswers.fault(answer("0000", page("2", "2", "a|b", "1|2", "3|4|5")), WANTED))
                .hasValue("QryRslt: row 2 has 3 values for 2 columns");
        assertThat(ServiceAnswers.fault(answer("0000", page("2", "1", "a|b", "1")), WANTED))
                .hasValue("QryRslt: row 1 has 1 values for 2 columns");
        assertThat(ServiceAnswers.fault(answer("0000", page("0", "0", "a")), "BusinessHandleRsp"))
                .hasValue("BusinessHandleRsp: missing in SvcCont");
    }
}
