/** What the schemas say, as rules that a single pass over a document can check. */
@NullMarked
package org.relayhub.message.codec.rule;

import org.jspecify.annotations.NullMarked;
