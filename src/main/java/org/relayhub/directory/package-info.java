/** Who is connected, by what, and which party may send what to which. */
@NullMarked
package org.relayhub.directory;

import org.jspecify.annotations.NullMarked;
