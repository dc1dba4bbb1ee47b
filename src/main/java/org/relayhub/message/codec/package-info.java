/** Reading, checking and writing InterBOSS documents, by the schemas that are read at start. */
@NullMarked
package org.relayhub.message.codec;

import org.jspecify.annotations.NullMarked;
