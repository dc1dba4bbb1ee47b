package org.relayhub.business;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.relayhub.message.Body;
import org.relayhub.message.codec.BodyText;

class QueryPageTest {

    private static Body page(String total, String onPage, String columns, String... rows) {
        var body = new BodyText.Draft("BusinessQueryRsp")
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
        assertThat(QueryPage.fault(page("12", "2", "业务|时间", "视频|昨天", "|"))).isEmpty();
        assertThat(QueryPage.fault(page("12", "02", "业务|时间", "视频|昨天", "|"))).isEmpty();
        assertThat(QueryPage.fault(page("12", "0", "业务|时间"))).isEmpty();
    }

    @Test
    void a_page_that_nobody_could_read_is_named() {
        assertThat(QueryPage.fault(page("2", "1", "a|b", "1|2", "3|4")))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("RsltPageCurrCnt: "));
        assertThat(QueryPage.fault(page("1", "2", "a|b", "1|2", "3|4")))
                .hasValueSatisfying(fault -> assertThat(fault).startsWith("RsltTotalCnt: "));
        assertThat(QueryPage.fault(page("2", "2", "a|b", "1|2", "3|4|5")))
                .hasValue("QryRslt: row 2 has 3 values for 2 columns");
        assertThat(QueryPage.fault(page("2", "1", "a|b", "1"))).hasValue("QryRslt: row 1 has 1 values for 2 columns");
    }
}
