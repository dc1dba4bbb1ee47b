/** OpenTelemetry: the spans of a message's way, and how its trace outlives a hub in the ledger. */
@NullMarked
package org.relayhub.trace;

import org.jspecify.annotations.NullMarked;
