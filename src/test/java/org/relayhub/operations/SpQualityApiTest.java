package org.relayhub.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.relayhub.operations.Api.Answer;
import org.relayhub.spquality.SpFiles;
import org.relayhub.spquality.SpFiles.SetClock;
import org.relayhub.spquality.file.Sender;
import org.relayhub.spquality.intake.Decision;
import org.relayhub.spquality.intake.Drop;
import org.relayhub.spquality.intake.FileIntake;
import org.relayhub.spquality.national.SimsAnswers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The book of September 2012: Jiangsu in time and corrected, Beijing late, Shanghai refused, all others missing. */
@OperationsTest
class SpQualityApiTest {

    private static final String RIGHT = "901234|掌上灵通|%s|02088886666|13800138000|%d|%d|0|0|1.0";

    @LocalServerPort
    int port;

    @Autowired
    DataSource dataSource;

    @Autowired
    JdbcClient database;

    @Autowired
    SimsAnswers answers;

    private final SetClock clock = new SetClock("2012-10-05T10:00:00+08:00");
    private FileIntake intake;

    @BeforeEach
    void files() throws IOException {
        database.sql("truncate sp_file, sp_record, sp_statement, sp_national, sp_national_fault restart identity")
                .update();
        database.sql("update sp_book set change = 0").update();
        intake = SpFiles.intake(dataSource, clock);
        take("SPQ_250_201209_001.txt", record("1", 100, 90), record("2", 50, 10));
        clock.set("2012-10-06T10:00:00+08:00");
        take("SPQ_210_201209_001.txt", record("1", 10, 10).replace("02088886666", "123"));
        clock.set("2012-10-07T10:00:00+08:00");
        take("SPQ_250_201209_002.txt", record("2", 60, 60));
        clock.set("2012-10-09T10:00:00+08:00");
        take("SPQ_100_201209_001.txt", record("7", 5, 5));
    }

    private static String record(String service, int offered, int answered) {
        return RIGHT.formatted(service, offered, answered);
    }

    private Decision take(String name, String... records) throws IOException {
        return SpFiles.take(intake, clock, name, SpFiles.quality(name, "UTF-8", records));
    }

    private JsonNode get(String path) {
        Answer answer = new Api(port, "viewer").get("/api/sp-quality" + path);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode province(JsonNode book, String province) {
        return StreamSupport.stream(book.get("provinces").spliterator(), false)
                .filter(one -> one.get("province").asText().equals(province))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aMonthShowsAllProvincesAndWhatTheyHaveReported() {
        JsonNode book = get("/201209");

        assertThat(book.get("provinces")).hasSize(31);
        assertThat(book.get("state").asText()).isEqualTo("CLOSED");
        assertThat(book.get("deadline").asText()).isEqualTo("2012-10-09T00:00:00+08:00");
        assertThat(book.at("/totals/provinces").toString())
                .isEqualTo("{\"MISSING\":28,\"RECEIVED\":0,\"REJECTED\":1,\"ACCEPTED\":1,\"LATE\":1}");
        assertThat(book.at("/totals/records").asLong()).isEqualTo(3);
        assertThat(book.at("/totals/callsOffered").asLong()).isEqualTo(165);
        JsonNode jiangsu = province(book, "250");
        assertThat(jiangsu.get("state").asText()).isEqualTo("ACCEPTED");
        assertThat(jiangsu.get("accepted").asInt()).isEqualTo(2);
        assertThat(jiangsu.get("callsOffered").asLong()).isEqualTo(160);
        assertThat(jiangsu.at("/flags/q1").asInt()).isZero();
        assertThat(jiangsu.get("lastFile").asText()).isEqualTo("SPQ_250_201209_002.txt");
        assertThat(province(book, "210").get("state").asText()).isEqualTo("REJECTED");
        assertThat(province(book, "100").get("state").asText()).isEqualTo("LATE");
        assertThat(province(book, "431").get("state").asText()).isEqualTo("MISSING");
    }

    @ParameterizedTest
    @CsvSource({
        "2012-10-04, OPEN, MISSING, 0, 0",
        "2012-10-05, OPEN, ACCEPTED, 150, 1",
        "2012-10-07T09:59:59+08:00, OPEN, ACCEPTED, 150, 1",
        "2012-10-07, OPEN, ACCEPTED, 160, 0",
        "2012-10-08, OPEN, ACCEPTED, 160, 0",
        "2012-10-09, CLOSED, ACCEPTED, 160, 0"
    })
    void theBookOfADayIsWhatItWasThen(String day, String state, String standing, long calls, int slow) {
        JsonNode book = get("/201209?at=" + day.replace("+", "%2B"));

        assertThat(book.get("state").asText()).isEqualTo(state);
        JsonNode jiangsu = province(book, "250");
        assertThat(jiangsu.get("state").asText()).isEqualTo(standing);
        assertThat(jiangsu.get("callsOffered").asLong()).isEqualTo(calls);
        assertThat(jiangsu.at("/flags/q1").asInt()).isEqualTo(slow);
    }

    @ParameterizedTest
    @CsvSource({
        "'', SPQ_100_201209_001.txt SPQ_250_201209_002.txt SPQ_210_201209_001.txt SPQ_250_201209_001.txt",
        "?province=250, SPQ_250_201209_002.txt SPQ_250_201209_001.txt",
        "?state=refused, SPQ_210_201209_001.txt",
        "?sender=CRM-100&month=201209, SPQ_100_201209_001.txt",
        "?month=201208, ''",
        "?page=2, ''"
    })
    void filesAreFoundNewestFirst(String query, String names) {
        List<String> found = StreamSupport.stream(
                        get("/files" + query).get("items").spliterator(), false)
                .map(file -> file.get("name").asText())
                .toList();

        assertThat(String.join(" ", found)).isEqualTo(names);
    }

    @Test
    void theReceiptOfAFileIsShownLineByLineAndPageByPage() {
        JsonNode refused = get("/files?state=refused").get("items").get(0);
        assertThat(refused.get("faults").asInt()).isEqualTo(1);

        JsonNode receipt = get("/files/" + refused.get("id").asLong() + "/receipt");

        assertThat(receipt.get("more").asBoolean()).isFalse();
        assertThat(receipt.get("items")).hasSize(2);
        assertThat(receipt.get("items").get(0).asText()).startsWith("2|hotline|R04|");
        assertThat(receipt.get("items").get(1).asText()).isEqualTo("E|1|3");
    }

    @Test
    void aReceiptOfManyFaultsHasPages() throws IOException {
        String[] wrong = new String[60];
        for (int i = 0; i < wrong.length; i++) {
            wrong[i] = record("" + (i + 1), 1, 1).replace("901234", "1");
        }
        Decision refused = take("SPQ_431_201209_001.txt", wrong);

        JsonNode first = get("/files/" + refused.fileId() + "/receipt");
        JsonNode second = get("/files/" + refused.fileId() + "/receipt?page=2");

        assertThat(first.get("items")).hasSize(50);
        assertThat(first.get("more").asBoolean()).isTrue();
        assertThat(second.get("items")).hasSize(11);
    }

    @Test
    void whatSimsFindsWrongIsShownWithItsProvince() throws IOException {
        database.sql("""
                        insert into sp_national (month, serial, change, created_at, content, sha256, records,
                                                 calls_offered, state, sent_at)
                        values ('2012-09-01', 1, 3, '2012-10-09T10:05:00+08:00', 'c', 's', 3, 165, 'sent',
                                '2012-10-09T10:06:00+08:00')
                        """).update();
        assertThat(get("/201209").get("state").asText()).isEqualTo("SENT");

        answers.take(
                "SPQ_000_201209_001.txt.err",
                new ByteArrayInputStream(
                        "2|hotline|R01|a fixed line\n99|-|F03|a trailer\nE|2|3\n".getBytes(StandardCharsets.UTF_8)));

        JsonNode book = get("/201209");
        assertThat(book.get("state").asText()).isEqualTo("REOPENED");
        assertThat(book.at("/national/0/file").asText()).isEqualTo("SPQ_000_201209_001.txt");
        JsonNode faults = get("/201209/national/1/faults").get("items");
        assertThat(faults).hasSize(2);
        assertThat(faults.get(0).get("province").asText()).isEqualTo("100");
        assertThat(faults.get(0).get("serviceCode").asText()).isEqualTo("7");
        assertThat(faults.get(1).get("province").isNull()).isTrue();
        assertThat(new Api(port, "viewer")
                        .get("/api/sp-quality/201209/national/2/faults")
                        .status())
                .as("one that was never made")
                .isEqualTo(404);
    }

    @Test
    void theFiguresCountFilesByStateAndProvincesThatAreMissing() {
        var drop = new Drop(new Sender("CRM-431"), "SPQ_431_201209_001.txt", null, 1, clock.instant());
        database.sql("""
                        insert into sp_file (sender, name, state, received_at) values (:sender, :name, 'received', now())
                        """)
                .param("sender", drop.sender().name())
                .param("name", drop.name())
                .update();

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> assertThat(
                        new Api(port, "viewer").get("/actuator/prometheus").body())
                .contains(
                        "hub_sp_files{state=\"received\"} 1.0",
                        "hub_sp_files{state=\"accepted\"} 3.0",
                        "hub_sp_files{state=\"refused\"} 1.0",
                        "hub_sp_provinces_missing 31.0"));
    }

    @ParameterizedTest
    @CsvSource({
        "/201213, month",
        "/1999, month",
        "/201209?at=soon, at",
        "/files?month=2012, month",
        "/files?province=25, province",
        "/files?sender=nobody, sender",
        "/files?state=lost, state",
        "/files?page=0, page",
        "/files/x/receipt, id",
        "/201209/national/0/faults, serial",
        "/201209/national/1/faults?page=0, page"
    })
    void aParameterWithoutSenseIsAProblemThatNamesIt(String path, String parameter) {
        Answer answer = new Api(port, "viewer").get("/api/sp-quality" + path);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().get("parameter").asText()).isEqualTo(parameter);
        assertThat(answer.json().get("detail").asText()).startsWith(parameter + " must be ");
    }

    @Test
    void aFileThatIsNotThereIsNotFound() {
        Answer answer = new Api(port, "viewer").get("/api/sp-quality/files/99999/receipt");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().get("detail").asText()).isEqualTo("No file has the number 99999.");
    }
}
