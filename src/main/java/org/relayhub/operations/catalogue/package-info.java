/** What operators see of the dated code tables. */
@NullMarked
package org.relayhub.operations.catalogue;

import org.jspecify.annotations.NullMarked;
