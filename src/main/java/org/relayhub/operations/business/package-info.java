/** The part of the operations API about what own-business platforms were told to do. */
@NullMarked
package org.relayhub.operations.business;

import org.jspecify.annotations.NullMarked;
