/** What a file looks like and what is wrong with one: reads once from front to end, in memory that does not grow with it. */
@NullMarked
package org.relayhub.spquality.file;

import org.jspecify.annotations.NullMarked;
