/** The services of the own-business platforms: what may be asked and ordered there, and of whom. */
@NullMarked
package org.relayhub.business;

import org.jspecify.annotations.NullMarked;
