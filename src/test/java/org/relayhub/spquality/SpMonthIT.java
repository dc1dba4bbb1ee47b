package org.relayhub.spquality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.relayhub.Programs;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A month of 31 provinces and 40 SPs, lived by a hub whose clock the test sets: what came, what did not, and what SIMS got. */
class SpMonthIT {

    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String MONTH = "201209";

    private final TimedHub hub;
    private final Path roots;
    private final Path month;
    private final List<String> provinces;
    /** What the nation's book should hold: by province and key, the D line without its type. */
    private final Map<String, String> expected = new TreeMap<>();

    SpMonthIT(@TempDir Path folder) throws Exception {
        hub = new TimedHub(folder.resolve("data"));
        roots = hub.roots();
        month = folder.resolve("month");
        Programs.run(
                "examples/sp-quality/generate",
                "--out",
                month.toString(),
                "--month",
                MONTH,
                "--lines",
                "6",
                "--partners",
                "40",
                "--encoding",
                "mixed",
                "--line-end",
                "mixed");
        try (Stream<Path> senders = Files.list(month)) {
            provinces = senders.map(sender -> sender.getFileName().toString())
                    .filter(sender -> sender.startsWith("CRM-"))
                    .map(sender -> sender.substring("CRM-".length()))
                    .sorted()
                    .toList();
        }
        assertThat(provinces).hasSize(31);
    }

    private String file(String province, int serial) {
        return "SPQ_%s_%s_%03d.txt".formatted(province, MONTH, serial);
    }

    private byte[] generated(String province) throws IOException {
        return Files.readAllBytes(month.resolve("CRM-" + province + "/upload/" + file(province, 1)));
    }

    private void drop(String province, int serial, byte[] content) throws IOException {
        hub.drop("CRM-" + province, file(province, serial), content, SpFiles.sha256(content));
    }

    private void expect(String province, byte[] content, boolean late) {
        String text = new String(content, charset(content));
        text.lines().filter(line -> line.startsWith("D|")).forEach(line -> {
            String[] fields = line.substring(2).split("\\|", -1);
            List<String> flags = new ArrayList<>();
            if (Long.parseLong(fields[5]) > 0
                    && Long.parseLong(fields[6]) / (double) Long.parseLong(fields[5]) <= 0.85) {
                flags.add("Q1");
            }
            if (late) {
                flags.add("Q4");
            }
            expected.put(
                    province + "|" + fields[0] + "|" + fields[2],
                    line + "|" + province + "|" + String.join(",", flags));
        });
    }

    private static Charset charset(byte[] content) {
        return Charset.forName(new String(content, StandardCharsets.ISO_8859_1).split("\\|", 6)[4]);
    }

    private static Map<String, Set<String>> standings(JsonNode book) {
        Map<String, Set<String>> standings = new TreeMap<>();
        book.get("provinces").forEach(province -> standings
                .computeIfAbsent(province.get("state").asText(), state -> new TreeSet<>())
                .add(province.get("province").asText()));
        return standings;
    }

    private void requireNational(int serial) throws IOException {
        Path inbound = roots.resolve("SIMS-000/inbound");
        Path file = inbound.resolve(file("000", serial));
        await("national file " + serial)
                .atMost(SOON)
                .until(() -> Files.exists(inbound.resolve(file.getFileName() + ".sha256")));
        byte[] content = Files.readAllBytes(file);
        List<String> lines = new String(content, StandardCharsets.UTF_8).lines().toList();
        assertThat(lines.get(0)).matches("H\\|SPQ\\|000\\|201209\\|UTF-8\\|201210[0-9]{8}\\|" + expected.size());
        assertThat(lines.subList(1, lines.size() - 1)).containsExactlyElementsOf(expected.values());
        long offered = expected.values().stream()
                .mapToLong(line -> Long.parseLong(line.split("\\|")[6]))
                .sum();
        assertThat(lines.get(lines.size() - 1)).isEqualTo("T|" + expected.size() + "|" + offered);
        assertThat(Files.readString(inbound.resolve(file.getFileName() + ".sha256")))
                .isEqualTo(SpFiles.sha256(content) + "  " + file.getFileName() + "\n");
    }

    private void answer(int serial, String ending, String content) throws IOException {
        Path outbound = roots.resolve("SIMS-000/outbound");
        Path being = outbound.resolve("answer.part");
        Files.writeString(being, content);
        Files.move(being, outbound.resolve(file("000", serial) + ending));
    }

    private void awaitState(String state) {
        await(state)
                .atMost(SOON)
                .until(() -> hub.book(MONTH).get("state").asText().equals(state));
    }

    private static Set<String> reminded(JdbcClient database, int day) {
        return new TreeSet<>(database.sql("""
                        select substr(m.home, 5) from message m join delivery d using (serial)
                         where m.activity = 'notice' and m.trans_ido like :day and d.state = 'delivered'
                        """)
                .param("day", "SPFILEDUE201209%" + "%02d".formatted(day))
                .query(String.class)
                .list());
    }

    @Test
    void a_month_goes_by() throws Exception {
        hub.setClock("2012-10-05T09:00:00+08:00");
        String refused = provinces.get(20);
        String unreadable = provinces.get(21);
        String corrected = provinces.get(22);
        String late = provinces.get(23);
        String missing = provinces.get(24);
        String unaccompanied = provinces.get(25);
        String damaged = provinces.get(26);
        String impersonated = provinces.get(27);
        Set<String> inTime = new TreeSet<>(provinces);
        inTime.removeAll(Set.of(refused, unreadable, late, missing, unaccompanied, damaged, impersonated));

        try (ConfigurableApplicationContext context = hub.start()) {
            JdbcClient database = context.getBean(JdbcClient.class);

            // The 5th: most report, each in its own way.
            for (String province : inTime) {
                drop(province, 1, generated(province));
                expect(province, generated(province), false);
            }
            byte[] wrong = replaced(generated(refused), "\nD|9", "\nD|8");
            drop(refused, 1, wrong);
            drop(unreadable, 1, garbled(generated(unreadable)));
            Files.createDirectories(roots.resolve("CRM-" + unaccompanied + "/upload"));
            Files.createDirectories(roots.resolve("CRM-" + unaccompanied + "/receipts"));
            Files.write(
                    roots.resolve("CRM-" + unaccompanied + "/upload/" + file(unaccompanied, 1)),
                    generated(unaccompanied));
            hub.drop("CRM-" + damaged, file(damaged, 1), generated(damaged), "0".repeat(64));
            hub.drop(
                    "CRM-" + missing,
                    file(impersonated, 1),
                    generated(impersonated),
                    SpFiles.sha256(generated(impersonated)));
            List<Path> statements = statements();
            for (Path statement : statements) {
                String sender = month.relativize(statement).getName(0).toString();
                byte[] content = Files.readAllBytes(statement);
                hub.drop(sender, statement.getFileName().toString(), content, SpFiles.sha256(content));
            }

            for (String province : inTime) {
                assertThat(hub.receipt("CRM-" + province, file(province, 1), ".ack"))
                        .startsWith("A|" + file(province, 1) + "|" + SpFiles.sha256(generated(province)) + "|6|");
            }
            assertThat(hub.receipt("CRM-" + refused, file(refused, 1), ".err"))
                    .contains("|spId|R01|")
                    .endsWith("|8\n");
            assertThat(hub.receipt("CRM-" + unreadable, file(unreadable, 1), ".err"))
                    .contains("|-|F06|");
            assertThat(hub.receipt("CRM-" + damaged, file(damaged, 1), ".err")).startsWith("0|-|F02|");
            assertThat(hub.receipt("CRM-" + missing, file(impersonated, 1), ".err"))
                    .startsWith("0|name|F04|");
            for (Path statement : statements) {
                hub.receipt(
                        month.relativize(statement).getName(0).toString(),
                        statement.getFileName().toString(),
                        ".ack");
            }

            // The 6th: who is missing is reminded, and some mend what was wrong.
            hub.setClock("2012-10-06T08:59:59+08:00");
            Set<String> absent =
                    new TreeSet<>(Set.of(refused, unreadable, late, missing, unaccompanied, damaged, impersonated));
            await("reminders").atMost(SOON).until(() -> reminded(database, 6).equals(absent));
            assertThat(hub.receipt("CRM-" + unaccompanied, file(unaccompanied, 1), ".err"))
                    .startsWith("0|companion|F01|");
            hub.setClock("2012-10-06T12:00:00+08:00");
            drop(refused, 1, generated(refused));
            expect(refused, generated(refused), false);
            byte[] correction = SpFiles.quality(file(corrected, 2), "UTF-8", oneRecord(corrected));
            drop(corrected, 2, correction);
            expect(corrected, correction, false);
            hub.receipt("CRM-" + refused, file(refused, 1), ".ack");
            hub.receipt("CRM-" + corrected, file(corrected, 2), ".ack");
            await().atMost(SOON)
                    .until(() ->
                            !Files.exists(roots.resolve("CRM-" + refused + "/receipts/" + file(refused, 1) + ".err")));
            assertThat(roots.resolve("CRM-" + refused + "/done/" + file(refused, 1)))
                    .hasBinaryContent(generated(refused));
            try (Stream<Path> kept = Files.list(roots.resolve("CRM-" + refused + "/refused"))) {
                assertThat(kept.filter(path -> !path.toString().contains(".sha256")))
                        .singleElement()
                        .satisfies(path -> assertThat(path).hasBinaryContent(wrong));
            }

            // The 8th: who is still missing is reminded again; before its end nothing goes to SIMS.
            hub.setClock("2012-10-08T08:59:59+08:00");
            absent.remove(refused);
            await("reminders").atMost(SOON).until(() -> reminded(database, 8).equals(absent));
            assertThat(hub.book(MONTH).get("state").asText()).isEqualTo("OPEN");
            hub.setClock("2012-10-08T23:59:57+08:00");
            requireNational(1);
            assertThat(OffsetDateTime.parse(
                            hub.book(MONTH).at("/national/0/sentTime").asText()))
                    .isAfterOrEqualTo(OffsetDateTime.parse("2012-10-09T00:00:00+08:00"));
            assertThat(standings(hub.book(MONTH)))
                    .isEqualTo(Map.of(
                            "ACCEPTED", union(inTime, Set.of(refused)),
                            "REJECTED", new TreeSet<>(Set.of(unreadable, unaccompanied, damaged)),
                            "MISSING", new TreeSet<>(Set.of(late, missing, impersonated))));
            answer(1, ".ack", "");
            awaitState("ACKNOWLEDGED");

            // The 9th: one is late, and SIMS finds fault with it.
            hub.setClock("2012-10-09T10:00:00+08:00");
            drop(late, 1, generated(late));
            expect(late, generated(late), true);
            requireNational(2);
            int line = new ArrayList<>(expected.keySet())
                            .indexOf(expected.keySet().stream()
                                    .filter(key -> key.startsWith(late))
                                    .findFirst()
                                    .orElseThrow())
                    + 2;
            answer(2, ".err", line + "|hotline|S01|a hotline that answers\nE|1|" + (expected.size() + 2) + "\n");
            awaitState("REOPENED");
            JsonNode fault = hub.book(MONTH + "/national/2/faults").at("/items/0");
            assertThat(fault.get("province").asText()).isEqualTo(late);
            assertThat(fault.get("code").asText()).isEqualTo("S01");

            // The 10th: it is corrected, and SIMS is content.
            hub.setClock("2012-10-10T10:00:00+08:00");
            byte[] better = SpFiles.quality(file(late, 2), "UTF-8", oneRecord(late));
            drop(late, 2, better);
            expect(late, better, true);
            requireNational(3);
            answer(3, ".ack", "taken\n");
            awaitState("ACKNOWLEDGED");

            // The same again changes nothing, and so nothing is sent.
            hub.setClock("2012-10-11T10:00:00+08:00");
            byte[] same = SpFiles.quality(file(late, 3), "UTF-8", oneRecord(late));
            drop(late, 3, same);
            hub.receipt("CRM-" + late, file(late, 3), ".ack");
            long change =
                    database.sql("select change from sp_book").query(Long.class).single();
            await("seen to be the same")
                    .atMost(SOON)
                    .until(() -> database.sql("select max(change) from sp_national")
                                    .query(Long.class)
                                    .single()
                            == change);
            assertThat(hub.book(MONTH).get("national")).hasSize(3);

            // What the book said on an earlier day.
            JsonNode earlier = hub.book(MONTH + "?at=2012-10-08");
            assertThat(standings(earlier).get("MISSING")).contains(late);
            assertThat(earlier.get("state").asText()).isEqualTo("OPEN");
            assertThat(earlier.at("/totals/records").asInt()).isEqualTo(expected.size() - 6);
            assertThat(hub.book(MONTH).at("/totals/records").asInt()).isEqualTo(expected.size());
            assertThat(standings(hub.book(MONTH)).get("LATE")).containsExactly(late);
            assertThat(database.sql("select count(*) from sp_statement")
                            .query(Long.class)
                            .single())
                    .isPositive();
            assertThat(database.sql("select count(*) from delivery where state <> 'delivered'")
                            .query(Long.class)
                            .single())
                    .isZero();
        }
    }

    /** The first record of a province, corrected. */
    private String oneRecord(String province) throws IOException {
        byte[] content = generated(province);
        String[] fields = new String(content, charset(content))
                .lines()
                .filter(line -> line.startsWith("D|"))
                .findFirst()
                .orElseThrow()
                .substring(2)
                .split("\\|", -1);
        fields[5] = "1000";
        fields[6] = "850";
        return String.join("|", fields);
    }

    private List<Path> statements() throws IOException {
        try (Stream<Path> files = Files.walk(month)) {
            List<Path> statements = files.filter(
                            path -> path.getFileName().toString().startsWith("SPS_"))
                    .filter(path -> path.toString().endsWith(".txt"))
                    .sorted(Comparator.naturalOrder())
                    .toList();
            assertThat(statements).hasSize(40);
            return statements;
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static byte[] replaced(byte[] content, String what, String by) {
        return new String(content, StandardCharsets.ISO_8859_1)
                .replaceFirst(what.replace("|", "\\|"), by)
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /** With a byte in a name that is valid in no encoding. */
    private static byte[] garbled(byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        int name = text.indexOf('|', text.indexOf("\nD|") + 3) + 1;
        return (text.substring(0, name) + "\u00FF" + text.substring(name + 1)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
