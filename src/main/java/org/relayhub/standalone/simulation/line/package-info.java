/** How the simulated peers and the hub reach each other: a line for each transport. */
@NullMarked
package org.relayhub.standalone.simulation.line;

import org.jspecify.annotations.NullMarked;
