/** Timers that outlive a hub. */
@NullMarked
package org.relayhub.timer;

import org.jspecify.annotations.NullMarked;
