package org.relayhub.ticket;

/** Which end of a leg a party is. */
enum Role {
    UPSTREAM,
    DOWNSTREAM
}
