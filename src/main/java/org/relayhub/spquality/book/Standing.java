package org.relayhub.spquality.book;

/** How a province stands in a month's book. */
public enum Standing {
    /** Nothing was dropped, or what was is gone again without having been decided. */
    MISSING,
    /** A file is there, and was not decided yet. */
    RECEIVED,
    /** Whatever was dropped was refused. */
    REJECTED,
    /** A file was accepted in time. */
    ACCEPTED,
    /** A file was accepted, and the first of them after the deadline. */
    LATE
}
