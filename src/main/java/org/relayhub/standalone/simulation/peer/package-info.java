/** What each kind of simulated peer does about a ticket, what it remembers of it, and what it means to send. */
@NullMarked
package org.relayhub.standalone.simulation.peer;

import org.jspecify.annotations.NullMarked;
