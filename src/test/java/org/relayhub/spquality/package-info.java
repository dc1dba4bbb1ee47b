/** Monthly files of SP service quality, broken in every way that is known, for the checks' tests and for those of the running hub. */
@NullMarked
package org.relayhub.spquality;

import org.jspecify.annotations.NullMarked;
