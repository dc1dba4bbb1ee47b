package org.relayhub.ticket;

import java.time.Instant;

/**
 * What the ledger answers to a message that it has committed.
 *
 * @param serial the hub's serial of the message
 * @param at when it was first received
 * @param code 0000, or a refusal by the lifecycle
 * @param repeated whether it had been received before and nothing was changed now
 */
public record Receipt(long serial, Instant at, String code, String description, boolean repeated) {}
