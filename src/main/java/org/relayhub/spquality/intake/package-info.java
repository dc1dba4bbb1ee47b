/** How a dropped file is taken in: once, whole or not at all, whatever dies meanwhile. */
@NullMarked
package org.relayhub.spquality.intake;

import org.jspecify.annotations.NullMarked;
