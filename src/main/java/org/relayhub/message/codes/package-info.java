/** The code tables of {@code schemas/codes} that say what the values of a document mean. */
@NullMarked
package org.relayhub.message.codes;

import org.jspecify.annotations.NullMarked;
