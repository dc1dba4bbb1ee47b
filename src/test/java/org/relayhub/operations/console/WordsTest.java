package org.relayhub.operations.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.relayhub.message.Activity;
import org.relayhub.operations.desk.Hold;
import org.relayhub.operations.report.Indicator;
import org.relayhub.spquality.book.Standing;
import org.relayhub.ticket.LegState;

/** Every word that a page needs is there in both languages. */
class WordsTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Pattern KEY = Pattern.compile("#\\{([a-z][a-zA-Z0-9.-]*)[(}]");

    private static final Pattern PARAMETER = Pattern.compile("\\{[0-9]");

    private static Properties words(String file) throws IOException {
        var words = new Properties();
        try (var reader = Files.newBufferedReader(RESOURCES.resolve("words/" + file), StandardCharsets.UTF_8)) {
            words.load(reader);
        }
        return words;
    }

    @Test
    void both_languages_have_the_same_words() throws IOException {
        assertThat(words("console.properties").stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        words("console_en.properties").stringPropertyNames());
    }

    @Test
    void every_word_of_a_page_is_there_and_every_enumerated_one() throws IOException {
        Set<String> needed = new TreeSet<>();
        try (var pages = Files.list(RESOURCES.resolve("templates"))) {
            for (Path page : pages.toList()) {
                Matcher keys = KEY.matcher(Files.readString(page));
                while (keys.find()) {
                    needed.add(keys.group(1));
                }
            }
        }
        assertThat(needed).hasSizeGreaterThan(100);
        for (Activity activity : Activity.values()) {
            needed.add("activity." + activity.label());
        }
        for (Indicator indicator : Indicator.values()) {
            needed.add("indicator." + indicator.label());
            needed.add("indicator." + indicator.label() + ".what");
        }
        for (Hold hold : Hold.values()) {
            needed.add("hold." + hold);
        }
        for (LegState state : LegState.values()) {
            needed.add("state." + state);
            needed.add("ticket.next." + state);
        }
        for (Standing standing : Standing.values()) {
            needed.add("standing." + standing);
        }
        for (String state : Set.of("pending", "retrying", "dead", "refused", "delivered", "discarded")) {
            needed.add("delivery." + state);
        }
        for (var state : org.relayhub.spquality.national.National.State.values()) {
            needed.add("national." + state);
        }
        assertThat(words("console.properties").stringPropertyNames()).containsAll(needed);
    }

    /** Only what has a parameter is read as a pattern, in which an apostrophe is written twice. */
    @Test
    void an_apostrophe_is_shown_once() throws IOException {
        for (String file : Set.of("console.properties", "console_en.properties")) {
            Properties words = words(file);
            for (String key : words.stringPropertyNames()) {
                String said = words.getProperty(key);
                if (PARAMETER.matcher(said).find()) {
                    assertThat(said.replace("''", "")).as(key).doesNotContain("'");
                } else {
                    assertThat(said).as(key).doesNotContain("''");
                }
            }
        }
    }

    @Test
    void the_english_words_have_no_chinese_but_the_name_of_the_language() throws IOException {
        Properties english = words("console_en.properties");
        for (String key : english.stringPropertyNames()) {
            if (!key.equals("other-language")) {
                assertThat(english.getProperty(key)).as(key).doesNotContainPattern("\\p{IsHan}");
            }
        }
    }
}
