/** Where a ticket is found, and its story drawn. */
@NullMarked
package org.relayhub.operations.console.ticket;

import org.jspecify.annotations.NullMarked;
