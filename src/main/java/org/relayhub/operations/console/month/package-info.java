/** How the provinces stand in a month's SP files. */
@NullMarked
package org.relayhub.operations.console.month;

import org.jspecify.annotations.NullMarked;
