/** The InterBOSS document: its codec and checks, the parties, activities and response codes that it names. */
@NullMarked
package org.relayhub.message;

import org.jspecify.annotations.NullMarked;
