package org.relayhub.spquality.book;

/**
 * How many records are flagged, for SIMS to score.
 *
 * @param q1 the share of calls answered within 15 seconds is not above 85 %
 * @param q2 hotline or mobile is another than last month, and the SP has not stated it
 * @param q3 an old hotline was given up less than two months after the new one became valid
 * @param q4 it came after the month's deadline
 */
public record Flags(long q1, long q2, long q3, long q4) {

    /** None at all. */
    public static final Flags NONE = new Flags(0, 0, 0, 0);

    Flags plus(Flags other) {
        return new Flags(q1 + other.q1, q2 + other.q2, q3 + other.q3, q4 + other.q4);
    }
}
