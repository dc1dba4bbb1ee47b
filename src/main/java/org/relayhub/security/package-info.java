/** Who a caller is, and what an identity may claim. */
@NullMarked
package org.relayhub.security;

import org.jspecify.annotations.NullMarked;
