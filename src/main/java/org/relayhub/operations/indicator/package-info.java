/** Figures of the hub's business that are counted in the database. */
@NullMarked
package org.relayhub.operations.indicator;

import org.jspecify.annotations.NullMarked;
