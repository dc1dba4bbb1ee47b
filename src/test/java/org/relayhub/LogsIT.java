package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.URGE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.AddressedMessage;
import org.relayhub.message.Party;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The log of a hub in a process of its own, as text and as JSON: which message a line is about. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogsIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final String ONE = "20261122CSVC2500000001";
    private static final String TWO = "20261122CSVC2500000002";

    private final Path folder;
    private final RecordingPeer csvc = new RecordingPeer();
    private final HubProcess text;

    LogsIT(@TempDir Path folder) throws IOException {
        this.folder = folder;
        text = hub("text");
        csvc.answering(arrival -> "4002");
    }

    private HubProcess hub(String name, String... settings) throws IOException {
        Path own = folder.resolve(name);
        var adapters = new Adapters(
                own,
                Adapters.packaged().replace("  CSVC-000:\n", "  CSVC-000:\n    address: " + csvc.address() + "\n"));
        List<String> all = new ArrayList<>(List.of(adapters.setting(), "--hub.standalone.simulation.sample-every=0s"));
        all.addAll(List.of(settings));
        return new HubProcess(own, all);
    }

    @AfterAll
    void stop() {
        text.close();
        csvc.close();
    }

    /** A message that is refused, since nobody has the number that it is for. */
    private static AddressedMessage sendWrong(HubProcess hub, String ticket) throws Exception {
        return send(hub, Messages.byNumber(URGE, CRM, CSVC, ticket, "19999999999"), "0104");
    }

    /** A message that is taken, and that its home party refuses. */
    private static AddressedMessage sendInVain(HubProcess hub, String ticket) throws Exception {
        AddressedMessage dispatch = send(hub, Messages.message(DISPATCH, CRM, CSVC, ticket), "0000");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> lines(hub).stream().anyMatch(line -> line.contains("has refused a message for good")));
        return dispatch;
    }

    private static AddressedMessage send(HubProcess hub, AddressedMessage message, String code) throws Exception {
        assertThat(new SoapCaller(hub.port())
                        .send(message.sender().user(), message.canonical())
                        .code())
                .isEqualTo(code);
        return message;
    }

    private static List<String> lines(HubProcess hub) {
        try {
            return Files.readAllLines(hub.log().toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void a_line_of_text_names_the_message_that_it_is_about_and_no_other_does() throws Exception {
        AddressedMessage refused = sendWrong(text, ONE);
        AddressedMessage again = sendWrong(text, TWO);
        AddressedMessage dispatch = sendInVain(text, ONE);

        List<String> lines = lines(text);
        assertThat(lines.stream().filter(line -> line.contains("Refused soap ")))
                .satisfiesExactly(
                        line -> assertThat(line).contains("[" + ONE + " " + refused.transIdo() + "] "),
                        line -> assertThat(line).contains("[" + TWO + " " + again.transIdo() + "] "));
        assertThat(lines.stream().filter(line -> line.contains("CSVC-000 has refused a message for good with 4002")))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("[" + ONE + " " + dispatch.transIdo() + "] "));
        assertThat(lines.stream().filter(line -> line.contains("EmbeddedDatabase")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).doesNotContain("[-", "- -", "%"));
    }

    @Test
    void a_line_of_json_names_the_message_that_it_is_about_and_no_other_does() throws Exception {
        try (HubProcess hub = hub("json", "--logging.structured.format.console=ecs")) {
            AddressedMessage refused = sendWrong(hub, ONE);
            AddressedMessage again = sendWrong(hub, TWO);
            AddressedMessage dispatch = sendInVain(hub, ONE);

            var json = new ObjectMapper();
            List<JsonNode> lines = new ArrayList<>();
            for (String line : lines(hub)) {
                lines.add(json.readTree(line));
            }
            assertThat(lines.stream().filter(line -> line.has("transIdo") || line.has("indictSeq")))
                    .extracting(line -> line.path("indictSeq").asText(), line -> line.path("transIdo")
                            .asText())
                    .containsExactly(
                            tuple(ONE, refused.transIdo()),
                            tuple(TWO, again.transIdo()),
                            tuple(ONE, dispatch.transIdo()));
            assertThat(lines.stream().filter(line -> !line.has("transIdo"))).isNotEmpty();
        }
    }

    @Test
    void a_row_that_the_database_refuses_is_not_repeated() throws Exception {
        JdbcClient database = JdbcClient.create(new DriverManagerDataSource(
                "jdbc:postgresql://127.0.0.1:" + text.databasePort() + "/postgres?user=postgres"));
        database.sql("alter table message add constraint not_two check (indict_seq <> '" + TWO + "')")
                .update();

        AddressedMessage dispatch = send(text, Messages.message(DISPATCH, CRM, CSVC, TWO), "0111");

        String all = String.join("\n", lines(text));
        assertThat(all)
                .containsPattern("\\[" + TWO + " " + dispatch.transIdo() + "] .* A document could not be taken in")
                .contains("violates check constraint \"not_two\"")
                .doesNotContain("Failing row", "内容");
    }
}
