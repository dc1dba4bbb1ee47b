package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.relayhub.operations.FixtureLedger.NOON;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.diagnosis.alarm.Alarm;
import org.relayhub.diagnosis.alarm.AlarmBook;
import org.relayhub.diagnosis.alarm.Severity;
import org.relayhub.operations.Api.Answer;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@OperationsTest
class AlarmsApiTest {

    @LocalServerPort
    int port;

    @Autowired
    FixtureLedger ledger;

    @Autowired
    AlarmBook book;

    @BeforeEach
    void empty() {
        ledger.clear();
    }

    private Api viewer() {
        return new Api(port, "viewer");
    }

    private void raised(String node, String id, @Nullable String line, @Nullable String area, Instant at) {
        book.book(new Alarm(node, id, line, area, Severity.MAJOR, at, null, NOON.plusSeconds(9), "客户13800130000报障"));
    }

    private void three() {
        raised("250", "A1", "NJ-0001", null, NOON);
        raised("250", "A2", null, "南京", NOON.plusSeconds(1));
        raised("431", "A3", "13800130000", null, NOON.plusSeconds(2));
        book.book(new Alarm("250", "A4", "NJ-0001", null, Severity.MAJOR, NOON, NOON, NOON, null));
    }

    private static List<String> found(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.json().get("items").spliterator(), false)
                .map(item -> item.get("alarmId").asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'', A3 A2 A1",
        "?node=250, A2 A1",
        "?line=NJ-0001, A1",
        "?line=13800130000, A3",
        "?area=南京, A2",
        "?node=431&line=NJ-0001, ''",
        "?page=2, ''"
    })
    void theActiveAlarmsThatASearchNamesComeNewestFirst(String query, String expected) {
        three();
        String asked = query.replace("南京", URLEncoder.encode("南京", StandardCharsets.UTF_8));

        assertThat(String.join(" ", found(viewer().get("/api/alarms" + asked)))).isEqualTo(expected);
    }

    @Test
    void anAlarmSaysWhatIsDisturbedSinceWhenAndHowBadItIs() {
        three();

        JsonNode alarm =
                viewer().get("/api/alarms?line=NJ-0001").json().get("items").get(0);

        assertThat(alarm.get("node").asText()).isEqualTo("250");
        assertThat(alarm.get("lineNo").asText()).isEqualTo("NJ-0001");
        assertThat(alarm.get("area").isNull()).isTrue();
        assertThat(alarm.get("severity").asText()).isEqualTo("MAJOR");
        assertThat(alarm.get("raisedTime").asText()).isEqualTo("2026-03-01T12:00:00+08:00");
        assertThat(alarm.get("receivedTime").asText()).isEqualTo("2026-03-01T12:00:09+08:00");
    }

    @Test
    void aLineThatIsANumberAndANumberInTheWordsAreMaskedForAllButAdmins() {
        three();

        String shown = viewer().get("/api/alarms?node=431").body();
        String unmasked = new Api(port, "admin").get("/api/alarms?node=431").body();

        assertThat(shown).contains("\"138****0000\"", "客户138****0000报障").doesNotContain("13800130000");
        assertThat(unmasked).contains("\"13800130000\"", "客户13800130000报障");
    }

    @Test
    void aPageHasFiftyAlarmsAndSaysWhetherMoreFollow() {
        for (int i = 1; i <= 51; i++) {
            raised("250", "A" + i, "L" + i, null, NOON.plusSeconds(i));
        }

        JsonNode first = viewer().get("/api/alarms").json();

        assertThat(first.get("items")).hasSize(50);
        assertThat(first.get("more").asBoolean()).isTrue();
        assertThat(found(viewer().get("/api/alarms?page=2"))).containsExactly("A1");
    }

    @ParameterizedTest
    @CsvSource({
        "node=25, node",
        "node=abc, node",
        "line=, line",
        "line=012345678901234567890, line",
        "area=, area",
        "page=0, page"
    })
    void aParameterWithoutSenseIsAProblemThatNamesIt(String query, String parameter) {
        Answer answer = viewer().get("/api/alarms?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("parameter").asText()).isEqualTo(parameter);
        assertThat(answer.json().get("detail").asText()).startsWith(parameter + " must be ");
    }
}
