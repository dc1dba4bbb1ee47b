/** How a caller proves who it is: passwords, with a limit to guessing them, and client certificates. */
@NullMarked
package org.relayhub.security.login;

import org.jspecify.annotations.NullMarked;
