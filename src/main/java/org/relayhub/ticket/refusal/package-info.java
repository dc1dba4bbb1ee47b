/** What was refused before it reached a ticket. */
@NullMarked
package org.relayhub.ticket.refusal;

import org.jspecify.annotations.NullMarked;
