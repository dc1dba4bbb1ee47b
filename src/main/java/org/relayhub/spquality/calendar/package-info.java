/** When what is due. */
@NullMarked
package org.relayhub.spquality.calendar;

import org.jspecify.annotations.NullMarked;
