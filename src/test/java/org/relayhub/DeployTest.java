package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What {@code deploy/} has for Prometheus and Grafana. */
class DeployTest {

    private static final Path PROMETHEUS = Path.of("deploy", "prometheus");
    private static final Path DASHBOARD = Path.of("deploy", "grafana", "relay-hub.json");
    private static final Pattern METRIC =
            Pattern.compile("\\b(hub|hikaricp|jvm|process|disk|http_server|executor|logback)_[a-z0-9_]+");

    private static Set<String> metrics(String expressions) {
        Set<String> names = new TreeSet<>();
        Matcher found = METRIC.matcher(expressions);
        while (found.find()) {
            names.add(found.group().replaceFirst("_seconds_(count|sum|bucket|max)$", "_seconds"));
        }
        return names;
    }

    /** A row of the table of alerts: no other table begins with a name in this spelling. */
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z][a-z]+(?:[A-Z][A-Za-z]+)?)` \\| .* \\| .* \\|$");

    /** What is measured and no indicator. */
    private static Set<String> known() throws IOException {
        Set<String> known = new TreeSet<>(Indicators.documented());
        known.addAll(List.of("hikaricp_connections_active", "disk_total_bytes"));
        return known;
    }

    @Test
    void alerts_ask_for_what_is_measured() throws Exception {
        Map<String, List<Map<String, List<Map<String, Object>>>>> rules =
                new Yaml().load(Files.readString(PROMETHEUS.resolve("relay-hub.rules.yaml")));
        List<Map<String, Object>> alerts = rules.getOrDefault("groups", List.of()).stream()
                .flatMap(group -> group.getOrDefault("rules", List.of()).stream())
                .toList();

        assertThat(alerts).hasSizeGreaterThanOrEqualTo(20);
        assertThat(alerts).allSatisfy(alert -> {
            assertThat(alert).containsKeys("alert", "expr", "labels", "annotations");
            assertThat(known()).containsAll(metrics(String.valueOf(alert.get("expr"))));
        });
        assertThat(Files.readAllLines(Path.of("docs", "operations.md")).stream()
                        .flatMap(line -> ROW.matcher(line).results().map(row -> row.group(1))))
                .as("what to do")
                .containsExactlyElementsOf(alerts.stream()
                        .map(alert -> String.valueOf(alert.get("alert")))
                        .toList());
    }

    @Test
    void the_dashboard_asks_for_what_is_measured_and_says_what_it_shows() throws Exception {
        JsonNode dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
        Set<Integer> ids = new HashSet<>();
        int shown = 0;
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt())).as("ids differ").isTrue();
            assertThat(panel.get("title").asText()).isNotEmpty();
            for (JsonNode target : panel.path("targets")) {
                assertThat(panel.get("description").asText()).isNotEmpty();
                assertThat(metrics(target.get("expr").asText()))
                        .as(panel.get("title").asText())
                        .isNotEmpty()
                        .isSubsetOf(known());
                shown++;
            }
        }
        assertThat(shown).isGreaterThan(30);
    }

    @Test
    void prometheus_itself_takes_the_rules_and_they_fire_when_they_should(@TempDir Path folder) throws Exception {
        Programs.require("promtool");
        for (String file : List.of("relay-hub.rules.yaml", "relay-hub.rules.test.yaml")) {
            Files.copy(PROMETHEUS.resolve(file), folder.resolve(file));
        }
        Path password = Files.writeString(folder.resolve("viewer-password"), "demo");
        Files.writeString(
                folder.resolve("prometheus.yaml"),
                Files.readString(PROMETHEUS.resolve("prometheus.yaml"))
                        .replace("/run/secrets/viewer-password", password.toString()));

        Programs.run(
                "promtool", "check", "config", folder.resolve("prometheus.yaml").toString());
        Programs.run(
                "promtool",
                "test",
                "rules",
                folder.resolve("relay-hub.rules.test.yaml").toString());
    }

    @Test
    void prometheus_itself_can_read_each_question_of_the_dashboard(@TempDir Path folder) throws Exception {
        Programs.require("promtool");
        var rules = new StringBuilder("groups:\n  - name: dashboard\n    rules:\n");
        int number = 0;
        for (JsonNode panel : new ObjectMapper().readTree(DASHBOARD.toFile()).get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                rules.append("      - record: panel:question")
                        .append(number++)
                        .append("\n        expr: >-\n          ")
                        .append(target.get("expr").asText())
                        .append('\n');
            }
        }
        Path file = Files.writeString(folder.resolve("dashboard.yaml"), rules);

        Programs.run("promtool", "check", "rules", file.toString());
    }
}
