package org.relayhub.spquality.book;

/**
 * What a province has in a month's book: records that count, corrections taken into account.
 *
 * @param callsOffered their sum
 */
public record Contribution(long records, long callsOffered, Flags flags) {

    static final Contribution NOTHING = new Contribution(0, 0, Flags.NONE);

    /** Both together. */
    public Contribution plus(Contribution other) {
        return new Contribution(records + other.records, callsOffered + other.callsOffered, flags.plus(other.flags));
    }
}
