package org.relayhub.standalone.simulation.service;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.relayhub.message.Serial;
import org.relayhub.standalone.simulation.service.QueryTable.Query;

/**
 * The rows that a query finds, newest first: the same whenever the same is asked. What has happened to a number does
 * not depend on the days that are asked for, so that two questions agree about the days that they share.
 */
final class Records {

    /**
     * One row before it is written.
     *
     * @param at what it is dated
     * @param rank its place among the rows, from 0
     * @param pick its place in the values of columns of kind EACH, which begin again at their end
     * @param known values that it has by name: what was asked for, and what the platform keeps
     * @param chance by which the other values fall
     */
    record Entry(Instant at, int rank, int pick, Map<String, String> known, Random chance) {}

    private static final int SHORTEST_PAUSE_DAYS = 11;
    private static final int PAUSES = 5;
    private static final int PICKS = 1 << 16;
    private static final int SECONDS_OF_A_DAY = 86_400;

    /** What a list holds began within the two years before this day. */
    private static final LocalDate LISTED_BEFORE = LocalDate.of(2026, 7, 1);

    private static final int LISTED_WITHIN_DAYS = 730;

    private Records() {}

    /**
     * One event in every so many days, the same for as long as the number lives: in 365 days at most 35, in any 30 at
     * least one. None is later than now.
     */
    static List<Entry> history(Query query, Conditions conditions, Instant now) {
        String number = conditions.subject();
        if (Script.of(number) == Script.NO_HISTORY) {
            return List.of();
        }
        int pause =
                SHORTEST_PAUSE_DAYS + Chance.of("pause", query.key(), number).nextInt(PAUSES);
        long first = Math.floorDiv(conditions.first().toEpochDay(), pause);
        long last = Math.floorDiv(conditions.last().toEpochDay(), pause);
        Instant from = conditions.from();
        Instant until = conditions.until();
        List<Entry> rows = new ArrayList<>();
        for (long turn = last; turn >= first; turn--) {
            Random chance = Chance.of("event", query.key(), number, Long.toString(turn));
            Instant at = at(LocalDate.ofEpochDay(turn * pause + chance.nextInt(pause)), chance);
            if (!at.isBefore(from) && at.isBefore(until) && !at.isAfter(now)) {
                rows.add(new Entry(at, rows.size(), chance.nextInt(PICKS), conditions.values(), chance));
            }
        }
        return rows;
    }

    private static Instant at(LocalDate day, Random chance) {
        return day.atStartOfDay(Serial.CHINA)
                .plusSeconds(chance.nextInt(SECONDS_OF_A_DAY))
                .toInstant();
    }

    /** Between one and the query's most. */
    static List<Entry> list(Query query, Conditions conditions) {
        if (Script.of(conditions.subject()) == Script.NO_HISTORY) {
            return List.of();
        }
        Random chance = Chance.of("list", query.key(), conditions.joined());
        List<Instant> dates = Stream.generate(
                        () -> at(LISTED_BEFORE.minusDays(1 + chance.nextInt(LISTED_WITHIN_DAYS)), chance))
                .limit(1 + chance.nextInt(query.most()))
                .sorted(Comparator.reverseOrder())
                .toList();
        int pick = chance.nextInt(PICKS);
        List<Entry> rows = new ArrayList<>();
        for (Instant date : dates) {
            String rank = Integer.toString(rows.size());
            rows.add(new Entry(
                    date,
                    rows.size(),
                    pick + rows.size(),
                    conditions.values(),
                    Chance.of("row", query.key(), conditions.joined(), rank)));
        }
        return rows;
    }

    /** What a platform keeps of a blacklist. */
    static List<Entry> changes(Conditions conditions, List<Blacklists.Change> changes) {
        List<Entry> rows = new ArrayList<>();
        for (Blacklists.Change change : changes) {
            Map<String, String> known = new HashMap<>(conditions.values());
            known.put("action", change.blocked() ? "屏蔽" : "激活");
            known.put("channel", change.channel());
            known.put("staff", change.staff().replace('|', '/'));
            rows.add(new Entry(change.at(), rows.size(), 0, known, Chance.of("change")));
        }
        return rows;
    }
}
