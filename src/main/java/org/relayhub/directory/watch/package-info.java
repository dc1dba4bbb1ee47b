/** Files that an operator changes while the hub runs. */
@NullMarked
package org.relayhub.directory.watch;

import org.jspecify.annotations.NullMarked;
