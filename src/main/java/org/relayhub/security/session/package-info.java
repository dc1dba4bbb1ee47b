/** Operators who are logged in at the console. */
@NullMarked
package org.relayhub.security.session;

import org.jspecify.annotations.NullMarked;
