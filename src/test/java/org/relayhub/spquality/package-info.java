/** The monthly SP files, tested. */
@NullMarked
package org.relayhub.spquality;

import org.jspecify.annotations.NullMarked;
