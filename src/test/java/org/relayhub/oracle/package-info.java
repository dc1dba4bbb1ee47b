/**
 * The loss oracle: parties that work on tickets through a hub, whatever is done to it meanwhile, and a judge who afterwards
 * classes every message that was acknowledged.
 */
@NullMarked
package org.relayhub.oracle;

import org.jspecify.annotations.NullMarked;
