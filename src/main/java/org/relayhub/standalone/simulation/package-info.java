/** Simulated peers: they answer and call the hub over real HTTP as the systems do that they stand for. */
@NullMarked
package org.relayhub.standalone.simulation;

import org.jspecify.annotations.NullMarked;
