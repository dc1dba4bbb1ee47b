/** A file as lines of text: found in its bytes, decoded strictly, parted at each {@code |}. */
@NullMarked
package org.relayhub.spquality.file.text;

import org.jspecify.annotations.NullMarked;
