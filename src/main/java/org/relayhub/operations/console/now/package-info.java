/** The page that shows how the hub does now. */
@NullMarked
package org.relayhub.operations.console.now;

import org.jspecify.annotations.NullMarked;
