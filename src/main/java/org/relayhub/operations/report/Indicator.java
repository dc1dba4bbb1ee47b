package org.relayhub.operations.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a province is judged by. Each is a quotient of two counts, or a count; docs/indicators.md has them in words. */
public enum Indicator {
    OPENED(Unit.NUMBER, Count.OPENED, null, false),
    COMPLAINTS_PER_10000(Unit.RATE, Count.OPENED, null, false),
    FIRST_REPLY_TIME(Unit.SECONDS, Count.REPLY_SECONDS, Count.REPLIED, false),
    REPLIED_WITHIN_12H(Unit.SHARE, Count.REPLIED_WITHIN_12H, Count.OPENED, true),
    REPLIED_WITHIN_24H(Unit.SHARE, Count.REPLIED_WITHIN_24H, Count.OPENED, true),
    ARCHIVED(Unit.NUMBER, Count.ARCHIVED, null, false),
    HANDLING_TIME(Unit.SECONDS, Count.HANDLING_SECONDS, Count.ARCHIVED, false),
    ROUNDS(Unit.RATE, Count.ROUNDS, Count.ARCHIVED, false),
    REPROCESSED(Unit.SHARE, Count.REPROCESSED, Count.ARCHIVED, false),
    URGED(Unit.SHARE, Count.URGED, Count.ARCHIVED, false),
    RETURNED(Unit.SHARE, Count.RETURNED, Count.ARCHIVED, false),
    BREACHED(Unit.SHARE, Count.BREACHED, Count.ARCHIVED, false),
    ASKED(Unit.NUMBER, Count.ASKED, null, false),
    ANSWERED(Unit.SHARE, Count.ANSWERED, Count.ASKED, false),
    DIAGNOSED(Unit.NUMBER, Count.DIAGNOSED, null, false),
    EXPLAINED(Unit.SHARE, Count.EXPLAINED, Count.DIAGNOSED, false),
    INTERCEPTED(Unit.SHARE, Count.INTERCEPTED, Count.TRACEABLE, true);

    /** What a value is. */
    public enum Unit {
        /** How many. */
        NUMBER,
        /** How many for each of something. */
        RATE,
        /** A part of the whole, from 0 to 1. */
        SHARE,
        SECONDS
    }

    private static final double SUBSCRIBERS = 10_000;

    private final Unit unit;
    private final Count of;
    private final @Nullable Count among;
    private final boolean late;

    /**
     * @param among by what it is divided; null if by nothing that is counted
     * @param late whether it is known only a day after the stretch of time is over
     */
    Indicator(Unit unit, Count of, @Nullable Count among, boolean late) {
        this.unit = unit;
        this.of = of;
        this.among = among;
        this.late = late;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether it is known only a day after the stretch of time is over. */
    public boolean isLate() {
        return late;
    }

    /** The name in addresses, words and metrics, as in {@code first-reply-time}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The value; null where there was nothing to judge by.
     *
     * @param subscribers of the province
     */
    public @Nullable Double value(Figures figures, long subscribers) {
        double value = figures.get(of);
        if (this == COMPLAINTS_PER_10000) {
            return value * SUBSCRIBERS / subscribers;
        }
        if (among == null) {
            return value;
        }
        long whole = figures.get(among);
        return whole == 0 ? null : value / whole;
    }
}
