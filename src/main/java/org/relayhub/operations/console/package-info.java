/** The console: pages for the people on call, made by the hub. */
@NullMarked
package org.relayhub.operations.console;

import org.jspecify.annotations.NullMarked;
