/** The nation's book of a month: what goes to tier-1 SIMS, and what SIMS says to it. */
@NullMarked
package org.relayhub.spquality.national;

import org.jspecify.annotations.NullMarked;
