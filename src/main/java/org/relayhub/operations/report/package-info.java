/** What the provinces come to: counted in the ledger, a day's figures kept when it is over, a month's reported. */
@NullMarked
package org.relayhub.operations.report;

import org.jspecify.annotations.NullMarked;
