/** Which hubs work on this database, and what becomes of the claims of one that does not any more. */
@NullMarked
package org.relayhub.delivery.presence;

import org.jspecify.annotations.NullMarked;
