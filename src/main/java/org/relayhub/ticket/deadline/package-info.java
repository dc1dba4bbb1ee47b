/** Until when a ticket is to be answered, and what the hub says when it is not. */
@NullMarked
package org.relayhub.ticket.deadline;

import org.jspecify.annotations.NullMarked;
