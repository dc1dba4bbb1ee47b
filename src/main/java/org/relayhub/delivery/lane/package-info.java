/** How one party is called: its lane, what may be under way to it, and what came of a call. */
@NullMarked
package org.relayhub.delivery.lane;

import org.jspecify.annotations.NullMarked;
