/** Requests that attack the reading of documents, for the codec's tests and for those of the running hub. */
@NullMarked
package org.relayhub.message.codec.hostile;

import org.jspecify.annotations.NullMarked;
