/** The monthly SP service-quality file: what it looks like, what is taken in, and the book of a month. */
@NullMarked
package org.relayhub.spquality;

import org.jspecify.annotations.NullMarked;
