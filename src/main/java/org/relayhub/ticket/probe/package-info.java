/** Test tickets of the hub's own, by which it tries the way to each party and back. */
@NullMarked
package org.relayhub.ticket.probe;

import org.jspecify.annotations.NullMarked;
