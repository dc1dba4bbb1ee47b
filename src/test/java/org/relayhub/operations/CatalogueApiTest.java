package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.message.Serial;
import org.relayhub.operations.Api.Answer;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What was in force on a day, by the tables that come with the hub. */
@OperationsTest
class CatalogueApiTest {

    @LocalServerPort
    int port;

    private JsonNode rows(String path) {
        Answer answer = new Api(port, "viewer").get("/api/catalogue/" + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static List<String> codes(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> row.get("code").asText())
                .toList();
    }

    private static JsonNode row(JsonNode rows, String code) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.get("code").asText().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "service-types?on=2009-12-31, 0",
        "service-types?on=2010-01-01, 8",
        "service-types?on=2012-09-26, 18",
        "service-types?on=2012-09-27, 29",
        "duty-reasons?on=2011-12-31, 0",
        "duty-reasons?on=2012-01-01, 6",
        "duty-reasons?on=2012-09-27, 8",
        "operations?on=2011-12-31, 0",
        "operations?on=2012-01-01, 32"
    })
    void aDayShowsWhatWasInForceOnIt(String query, int rows) {
        assertThat(rows(query)).hasSize(rows);
    }

    @Test
    void aRenamedTypeIsThereToItsLastDayAndSaysWhatTakesItsPlace() {
        JsonNode last = rows("service-types?on=2012-09-26");
        JsonNode after = rows("service-types?on=2012-09-27");

        JsonNode renamed = row(last, "0481");
        assertThat(renamed.get("name").asText()).isEqualTo("139社区");
        assertThat(renamed.get("secondLineDomain").asText()).isEqualTo("CSVC");
        assertThat(renamed.get("validFrom").asText()).isEqualTo("2010-01-01");
        assertThat(renamed.get("validTo").asText()).isEqualTo("2012-09-26");
        assertThat(renamed.get("replacedBy").asText()).isEqualTo("0416");
        assertThat(codes(last)).doesNotContain("0416");
        assertThat(codes(after)).contains("0416").doesNotContain("0481");
        assertThat(row(after, "0416").get("validTo").isNull()).isTrue();
        assertThat(row(after, "0416").get("replacedBy").isNull()).isTrue();
    }

    @Test
    void aReasonHasItsNameAndItsDays() {
        JsonNode reason = row(rows("duty-reasons?on=2026-03-01"), "990000");

        assertThat(reason.get("name").asText()).isEqualTo("其他责任原因");
        assertThat(reason.get("validFrom").asText()).isEqualTo("2012-09-27");
        assertThat(reason.get("validTo").isNull()).isTrue();
    }

    @Test
    void anOperationSaysWhatItIsAndWhatItAsksFor() {
        JsonNode operation = row(rows("operations?on=2026-03-01"), "82/01002");

        assertThat(operation.get("name").asText()).isEqualTo("历史订购查询");
        assertThat(operation.get("operation").asText()).isEqualTo("历史订购查询");
        assertThat(operation.get("serviceTypeId").asText()).isEqualTo("82");
        assertThat(operation.get("service").asText()).isEqualTo("手机视频");
        assertThat(operation.get("domain").asText()).isEqualTo("MVID");
        assertThat(operation.get("operateTypeId").asText()).isEqualTo("01002");
        assertThat(operation.get("kind").asText()).isEqualTo("query");
        assertThat(operation.get("conditions")).extracting(JsonNode::asText).containsExactly("msisdn", "from", "to");
        assertThat(operation.get("validFrom").asText()).isEqualTo("2012-01-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-types", "duty-reasons", "operations"})
    void withoutADayItIsTodayInChina(String table) {
        assertThat(rows(table)).isEqualTo(rows(table + "?on=" + Serial.day(Instant.now())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"yesterday", "2026-13-01", "2026-02-29", "20260301", "2026-03-01T00:00:00%2B08:00", "2026-3-1"})
    void aDateThatIsNoneIsAProblemThatSaysHowOneLooks(String date) {
        for (String table : List.of("service-types", "duty-reasons", "operations")) {
            Answer answer = new Api(port, "viewer").get("/api/catalogue/" + table + "?on=" + date);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
            assertThat(answer.json().get("parameter").asText()).isEqualTo("on");
            assertThat(answer.json().get("detail").asText()).isEqualTo("on must be a day like 2026-03-01.");
        }
    }
}
