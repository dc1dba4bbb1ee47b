/** Multipart forms against what reads and writes them. */
@NullMarked
package org.relayhub.message.multipart;

import org.jspecify.annotations.NullMarked;
