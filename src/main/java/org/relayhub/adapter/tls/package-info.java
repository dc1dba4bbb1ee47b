/** How the hub and a party prove themselves to each other where the hub calls. */
@NullMarked
package org.relayhub.adapter.tls;

import org.jspecify.annotations.NullMarked;
