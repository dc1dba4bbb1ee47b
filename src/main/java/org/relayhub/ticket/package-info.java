/** Tickets and their legs: the lifecycle table, and the ledger that holds what was accepted. */
@NullMarked
package org.relayhub.ticket;

import org.jspecify.annotations.NullMarked;
