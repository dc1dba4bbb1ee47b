/** What the simulated peers answer on the spot: own-business platforms, BOSS and network platforms. */
@NullMarked
package org.relayhub.standalone.simulation.service;

import org.jspecify.annotations.NullMarked;
