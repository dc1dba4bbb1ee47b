package org.relayhub.operations.report;

import java.util.Locale;

/**
 * What is counted of a province in a stretch of time, tests left out. A ticket is that of the province whose party has
 * opened it, and stands as it does for that party. Each is a sum: those of two stretches may be added.
 */
public enum Count {
    /** Tickets opened. */
    OPENED,
    /** Of those opened in the stretch, how many had a first reply within twelve hours. */
    REPLIED_WITHIN_12H,
    /** Of those opened in the stretch, how many had a first reply within a day. */
    REPLIED_WITHIN_24H,
    /** Tickets that had their first reply. */
    REPLIED,
    /** From opening to first reply, of those. */
    REPLY_SECONDS,
    /** Tickets archived. What follows is of those. */
    ARCHIVED,
    /** From opening to archiving. */
    HANDLING_SECONDS,
    ROUNDS,
    /** More than one round. */
    REPROCESSED,
    /** Urged at least once, by the province or by the hub for it. */
    URGED,
    /** Returned at least once. */
    RETURNED,
    /** Not answered in time at least once. */
    BREACHED,
    /** Queries, handlings, diagnoses and repairs that the province asked for. */
    ASKED,
    /** Those of them that were answered with what was asked for. */
    ANSWERED,
    /** Diagnoses that were answered. */
    DIAGNOSED,
    /** Those of them that named a cause. */
    EXPLAINED,
    /** Diagnoses of a phone number, of which one can tell whether a ticket followed. */
    TRACEABLE,
    /** Those of them that named a cause, and no ticket of the number was opened by the province in the day that followed. */
    INTERCEPTED;

    /** The column that holds it. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }
}
