/** Delivering what the ledger has queued: claims, lanes, retries, dead letters. */
@NullMarked
package org.relayhub.delivery;

import org.jspecify.annotations.NullMarked;
