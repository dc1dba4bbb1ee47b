package org.relayhub.ticket;

/** Where a ticket stands between an upstream and a downstream party. */
public enum LegState {
    DISPATCHED,
    REPLIED,
    RETURNED,
    ARCHIVED
}
