/** The application: its settings, and where its folders are. Everything else is in a package of its concern. */
@NullMarked
package org.relayhub;

import org.jspecify.annotations.NullMarked;
