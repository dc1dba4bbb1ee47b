/** A ticket's story, drawn. */
@NullMarked
package org.relayhub.operations.console.diagram;

import org.jspecify.annotations.NullMarked;
