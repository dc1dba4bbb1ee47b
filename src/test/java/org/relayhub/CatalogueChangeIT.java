package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.relayhub.message.Activity.DISPATCH;
import static org.relayhub.message.Activity.REPLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.message.Party;
import org.relayhub.message.Serial;
import org.springframework.util.FileSystemUtils;

/** A running hub follows the dated tables of the schemas folder beside it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CatalogueChangeIT {

    private static final Party CRM = Party.of("CRM-250");
    private static final Party CSVC = Party.of("CSVC-000");
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final AtomicInteger TICKETS = new AtomicInteger();

    private final LocalDate today = Serial.day(Instant.now());
    private final Path codes;
    private final HubProcess hub;

    CatalogueChangeIT(@TempDir Path folder) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("schemas"), folder.resolve("schemas"));
        codes = folder.resolve("schemas/codes");
        hub = new HubProcess(
                folder,
                List.of(
                        "--hub.schemas=file:" + folder.resolve("schemas") + "/",
                        "--hub.standalone.simulation.enabled=false"));
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    /** Has a table say something else, and gives back what it said. */
    private String change(String table, String text, String instead) throws IOException {
        Path file = codes.resolve(table + ".csv");
        String before = Files.readString(file);
        assertThat(before).contains(text);
        Files.writeString(file, before.replace(text, instead));
        return before;
    }

    private void put(String table, String content) throws IOException {
        Files.writeString(codes.resolve(table + ".csv"), content);
    }

    private SoapCaller.Reply dispatch() throws Exception {
        return new SoapCaller(hub.port())
                .send(
                        CRM.user(),
                        Messages.message(
                                        DISPATCH, CRM, CSVC, "20261122CSVC250%07d".formatted(TICKETS.incrementAndGet()))
                                .canonical());
    }

    /** About no ticket: what is right in its body is refused for that. */
    private SoapCaller.Reply reply() throws Exception {
        return new SoapCaller(hub.port())
                .send(
                        CSVC.user(),
                        Messages.message(REPLY, CSVC, CRM, "20261122CSVC2509999999")
                                .canonical());
    }

    @Test
    void what_ended_is_refused_with_its_successor_and_accepted_again_when_the_table_says_so() throws Exception {
        LocalDate yesterday = today.minusDays(1);
        String accepted = Messages.message(
                        DISPATCH, CRM, CSVC, "20261122CSVC250%07d".formatted(TICKETS.incrementAndGet()))
                .canonical();
        SoapCaller.Reply first = new SoapCaller(hub.port()).send(CRM.user(), accepted);
        assertThat(first.code()).isEqualTo("0000");
        String types = change(
                "service-catalogue",
                "active,2012-09-27,,,project\n0302",
                "renamed,2012-09-27," + yesterday + ",0302,project\n0302");
        String reasons =
                change("duty-reasons", "050000,SP责任,2012-01-01,,,", "050000,SP责任,2012-01-01," + yesterday + ",990000,");

        await().atMost(FIVE_SECONDS).until(() -> dispatch().code().equals("4002"));
        assertThat(dispatch().body()).contains("SvcTypeId: 0301 ended on " + yesterday + "; use 0302");
        await().atMost(FIVE_SECONDS).until(() -> reply().code().equals("4002"));
        assertThat(reply().body()).contains("DutyReason: 050000 ended on " + yesterday + "; use 990000");
        SoapCaller.Reply again = new SoapCaller(hub.port()).send(CRM.user(), accepted);
        assertThat(again.body()).as("what was accepted stays so").isEqualTo(first.body());
        assertThat(hub.get("/api/catalogue/service-types")).doesNotContain("\"code\":\"0301\"");
        assertThat(hub.get("/api/catalogue/service-types?on=" + yesterday)).contains("\"code\":\"0301\"");
        put(
                "service-catalogue",
                types.replace(
                        "0301,梦网短信,SIMS,active,2012-09-27,,", "0301,梦网短信,SIMS,active,2012-09-27," + today + ",0302"));
        put("duty-reasons", reasons);

        await().atMost(FIVE_SECONDS).until(() -> dispatch().code().equals("0000"));
        await().atMost(FIVE_SECONDS).until(() -> reply().code().equals("2901"));
        put("service-catalogue", types);
    }

    @Test
    void a_broken_table_is_refused_with_line_and_reason_and_the_old_one_stays() throws Exception {
        String operations = change("own-business", "82,手机视频,MVID,01001,query", "82,手机视频,MVID,01001,ask");

        await().atMost(FIVE_SECONDS).until(() -> hub.get("/actuator/prometheus")
                .contains("hub_file_refused{file=\"own-business.csv\"} 1.0"));
        assertThat(hub.get("/actuator/prometheus"))
                .contains(
                        "hub_file_refused{file=\"service-catalogue.csv\"} 0.0",
                        "hub_file_refused{file=\"duty-reasons.csv\"} 0.0",
                        "hub_file_refused{file=\"parties.yaml\"} 0.0");
        assertThat(Files.readString(hub.log().toPath()))
                .containsOnlyOnce("own-business.csv, line 2: kind is neither query nor handle");
        assertThat(hub.json("/api/catalogue/operations")).hasSize(32);
        put(
                "own-business",
                operations.replace(
                        "82,手机视频,MVID,01001,query,黑名单查询,msisdn,2012-01-01,,",
                        "82,手机视频,MVID,01001,query,黑名单查询,msisdn,2012-01-01," + today.minusDays(1) + ","));

        await().atMost(FIVE_SECONDS)
                .until(() -> hub.json("/api/catalogue/operations").size() == 31);
        assertThat(hub.get("/actuator/prometheus")).contains("hub_file_refused{file=\"own-business.csv\"} 0.0");
    }
}
