package org.relayhub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.relayhub.directory.Queues;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.ClassUtils;

/** The hub's settings are those that docs/operations.md has, and start out as it says. */
class SettingsTest {

    private static final Path METADATA = Path.of("target", "classes", "META-INF", "spring-configuration-metadata.json");
    private static final Path OPERATIONS = Path.of("docs", "operations.md");

    private static final String HEAD = "| setting | default | ";
    private static final String NO_DEFAULT = "–";
    private static final Pattern DEFAULTS = Pattern.compile("(.+?)(?: \\((.+) in the default profile\\))?");

    /** Behind {@code --} or a backtick, but within no path, file or word. */
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\w./]|\\w-)hub\\.[a-z][a-z0-9-]*(?:\\.(?:[a-z][a-z0-9-]*|\\*))*");

    /** What the hub itself finds a value for if they have none; the table says in words which. */
    private static final Pattern FOUND_AT_THE_START = Pattern.compile("hub\\.(?:home|routes|adapters|schemas"
            + "|broker\\.\\w+|sftp\\.parties\\.(?:address|folder)|sftp\\.sims\\.[\\w-]+|standalone\\.sftp-keys)");

    private final Properties everywhere = defaults("application.yaml");
    private final Properties inDefaultProfile = defaults("application-standalone.yaml");

    /** A setting and what the table says of its default. */
    private record Row(String name, String defaults) {}

    /** What a setting is if nobody sets it; null for nothing, or for the same in the default profile as elsewhere. */
    private record Defaults(
            @Nullable Object value, @Nullable Object inDefaultProfile) {}

    private static Properties defaults(String file) {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource(Path.of("src", "main", "resources", file)));
        return Objects.requireNonNull(yaml.getObject());
    }

    /** What the build has found in the code, by name. */
    private static Map<String, JsonNode> settings() throws IOException {
        Map<String, JsonNode> settings = new TreeMap<>();
        for (JsonNode setting : new ObjectMapper().readTree(METADATA.toFile()).get("properties")) {
            String name = setting.get("name").asText();
            if (name.startsWith("hub.")) {
                settings.put(name, setting);
            }
        }
        return settings;
    }

    /** One for each setting, where a row of the table is of several. */
    private static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String table : Files.readString(OPERATIONS).split("\n\n")) {
            if (table.startsWith(HEAD)) {
                table.lines().filter(line -> line.startsWith("| `hub.")).forEach(line -> rows.addAll(row(line)));
            }
        }
        return rows;
    }

    private static List<Row> row(String line) {
        String[] cells = line.replace("`", "").substring(2).split(" \\| ");
        String[] names = cells[0].split(", ");
        // Either there is a default for each, or one for all.
        String[] defaults = cells[1].split(", ");
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            rows.add(new Row(whole(names[i], names[0]), defaults.length == names.length ? defaults[i] : cells[1]));
        }
        return rows;
    }

    /**
     * Of those that follow the first, only the end is written, from its dot or hyphen on. Of a map, whose keys an operator
     * chooses, the build knows the name and not what stands for a key behind it.
     */
    private static String whole(String name, String first) {
        int end = first.lastIndexOf(name.charAt(0));
        String whole = name.startsWith("hub.") || end < 0 ? name : first.substring(0, end) + name;
        return whole.replaceFirst("\\.[<*].*", "");
    }

    private static Defaults documented(JsonNode setting, String cell) {
        Matcher defaults = DEFAULTS.matcher(cell);
        return defaults.matches()
                ? new Defaults(value(setting, defaults.group(1)), value(setting, defaults.group(2)))
                : new Defaults(cell, null);
    }

    private Defaults real(JsonNode setting) {
        String name = setting.get("name").asText();
        JsonNode ofTheCode = setting.path("defaultValue");
        return new Defaults(
                value(setting, everywhere.getProperty(name, ofTheCode.isMissingNode() ? null : ofTheCode.asText())),
                value(setting, inDefaultProfile.getProperty(name)));
    }

    /** A text as the hub itself would understand it: 60s and 1m are the same. */
    private static @Nullable Object value(JsonNode setting, @Nullable String text) {
        if (text == null || text.equals(NO_DEFAULT)) {
            return null;
        }
        String type = setting.get("type").asText().replaceFirst("<.*", "");
        try {
            return ApplicationConversionService.getSharedInstance()
                    .convert(text, ClassUtils.resolveClassName(type, null));
        } catch (ConversionException e) {
            // Words that are no value equal none.
            return text;
        }
    }

    private boolean isFoundAtTheStart(JsonNode setting) {
        return FOUND_AT_THE_START.matcher(setting.get("name").asText()).matches()
                && real(setting).value() == null;
    }

    /** Whether there is a setting of the name, or below it; an asterisk stands for any one part. */
    private static boolean exists(String mention, Set<String> settings) {
        Pattern meant = Pattern.compile(mention.replace(".", "\\.").replace("*", "[a-z0-9-]+") + "(?:\\..+)?");
        return settings.stream().anyMatch(name -> meant.matcher(name).matches());
    }

    private static boolean isQueue(String mention) {
        return Set.of(Queues.IN, Queues.OUT, Queues.INVALID + ".").contains(mention + ".");
    }

    @Test
    void each_setting_has_its_row_and_each_row_its_setting() throws IOException {
        Set<String> settings = settings().keySet();
        List<String> rows = rows().stream().map(Row::name).toList();

        assertThat(settings).hasSizeGreaterThan(80);
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(settings)
                .filteredOn(name -> !rows.contains(name))
                .as("settings without a row")
                .isEmpty();
        assertThat(rows)
                .filteredOn(name -> !settings.contains(name))
                .as("rows without a setting")
                .isEmpty();
    }

    @Test
    void each_default_that_is_written_down_is_what_the_hub_starts_with() throws IOException {
        Map<String, JsonNode> settings = settings();
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (Row row : rows()) {
            JsonNode setting = settings.get(row.name());
            if (setting == null || isFoundAtTheStart(setting)) {
                continue;
            }
            Defaults real = real(setting);
            if (!documented(setting, row.defaults()).equals(real)) {
                wrong.add("%s: %s is written, and it is %s".formatted(row.name(), row.defaults(), real));
            }
            compared++;
        }

        assertThat(compared).isGreaterThan(60);
        assertThat(wrong).isEmpty();
    }

    @Test
    void each_setting_says_in_the_jar_what_it_is_for() throws IOException {
        assertThat(settings().entrySet())
                .filteredOn(setting ->
                        setting.getValue().path("description").asText().isBlank())
                .extracting(Map.Entry::getKey)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/operations.md", "README.md", "README.zh-CN.md"})
    void each_setting_that_a_text_mentions_exists(Path text) throws IOException {
        Set<String> mentions = new TreeSet<>();
        Matcher found = MENTION.matcher(Files.readString(text));
        while (found.find()) {
            mentions.add(found.group());
        }
        mentions.removeIf(SettingsTest::isQueue);
        Set<String> settings = settings().keySet();

        assertThat(mentions)
                .isNotEmpty()
                .filteredOn(mention -> !exists(mention, settings))
                .isEmpty();
    }
}
