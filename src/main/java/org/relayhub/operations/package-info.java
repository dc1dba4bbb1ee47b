/** What operators see and do: the operations API over the ledger. */
@NullMarked
package org.relayhub.operations;

import org.jspecify.annotations.NullMarked;
