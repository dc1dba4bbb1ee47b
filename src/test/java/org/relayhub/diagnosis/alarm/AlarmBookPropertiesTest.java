package org.relayhub.diagnosis.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jspecify.annotations.Nullable;
import org.relayhub.TestDatabase;

/** Random sets of messages, in any order, again, and by two hubs at once, held against a model that sees them all at once. */
class AlarmBookPropertiesTest {

    private static final Instant NINE = Instant.parse("2026-11-22T01:00:00Z");
    private static final Instant RECEIVED = NINE.plus(Duration.ofDays(1));
    private static final ExecutorService HUBS = Executors.newFixedThreadPool(2);

    @AfterContainer
    static void endHubs() {
        HUBS.shutdown();
    }

    @Provide
    Arbitrary<Alarm> messages() {
        // Few of each, so that many are about the same alarm at the same time.
        Arbitrary<Integer> raised = Arbitraries.integers().between(0, 6);
        Arbitrary<Integer> lasted = Arbitraries.integers().between(0, 3).injectNull(0.5);
        return Combinators.combine(
                        Arbitraries.of("250", "431"),
                        Arbitraries.of("A1", "A2"),
                        Arbitraries.of(Severity.class),
                        raised,
                        lasted,
                        Arbitraries.of("L1", "L2", "area"),
                        Arbitraries.of("", "a", "B"))
                .as((node, id, severity, from, length, where, words) -> new Alarm(
                        node,
                        id,
                        where.equals("area") ? null : where,
                        where.equals("area") ? "R1" : null,
                        severity,
                        NINE.plusSeconds(from),
                        length == null ? null : NINE.plusSeconds(from + length),
                        RECEIVED,
                        words.isEmpty() ? null : words));
    }

    @Provide
    Arbitrary<List<Alarm>> sets() {
        return messages().list().ofMinSize(1).ofMaxSize(12);
    }

    @Property(tries = 150)
    void the_book_says_the_same_in_whatever_order_and_however_often_messages_come(
            @ForAll("sets") List<Alarm> messages, @ForAll Random random) throws Exception {
        TestDatabase database = TestDatabase.empty();
        var book = new AlarmBook(database.client(), Duration.ofDays(7));
        Future<?> other =
                HUBS.submit(() -> arrivals(messages, random.nextLong()).forEach(book::book));
        arrivals(messages, random.nextLong()).forEach(book::book);
        other.get();

        List<Alarm> found = book.find(new AlarmBook.Search(null, null, null), 0, 100);

        assertThat(found).containsExactlyInAnyOrderElementsOf(model(messages));
        assertThat(book.active("250", List.of("L1"), "R1", NINE.plusSeconds(2)))
                .containsExactlyElementsOf(model(messages).stream()
                        .filter(alarm -> alarm.node().equals("250")
                                && !"L2".equals(alarm.lineNo())
                                && !alarm.raisedAt().isBefore(NINE.plusSeconds(2)))
                        .sorted(Comparator.comparing(Alarm::severity)
                                .thenComparing(Alarm::raisedAt)
                                .reversed()
                                .thenComparing(Alarm::alarmId))
                        .toList());
    }

    /** The messages in some order, some of them again. */
    private static List<Alarm> arrivals(List<Alarm> messages, long seed) {
        var random = new Random(seed);
        var arrivals = new ArrayList<>(messages);
        for (Alarm message : messages) {
            if (random.nextBoolean()) {
                arrivals.add(message);
            }
        }
        java.util.Collections.shuffle(arrivals, random);
        return arrivals;
    }

    /** Of each alarm: the last raising, if nothing of it was cleared then or later. */
    private static List<Alarm> model(List<Alarm> messages) {
        Map<String, List<Alarm>> byAlarm = new TreeMap<>();
        messages.forEach(
                message -> byAlarm.computeIfAbsent(message.node() + " " + message.alarmId(), key -> new ArrayList<>())
                        .add(message));
        List<Alarm> active = new ArrayList<>();
        for (List<Alarm> said : byAlarm.values()) {
            Alarm last = said.stream().max(LATER).orElseThrow();
            Instant cleared = null;
            for (Alarm message : said) {
                if (message.clearedAt() != null
                        && (cleared == null || message.clearedAt().isAfter(cleared))) {
                    cleared = message.clearedAt();
                }
            }
            if (cleared == null || cleared.isBefore(last.raisedAt())) {
                active.add(new Alarm(
                        last.node(),
                        last.alarmId(),
                        last.lineNo(),
                        last.area(),
                        last.severity(),
                        last.raisedAt(),
                        cleared,
                        RECEIVED,
                        last.description()));
            }
        }
        return active;
    }

    private static final Comparator<Alarm> LATER = Comparator.comparing(Alarm::raisedAt)
            .thenComparing(Alarm::severity)
            .thenComparing(alarm -> text(alarm.lineNo()))
            .thenComparing(alarm -> text(alarm.area()))
            .thenComparing(alarm -> text(alarm.description()));

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
