/** The book of a month: what was accepted of each province, what the nation's file holds, and what SIMS says to it. */
@NullMarked
package org.relayhub.spquality.book;

import org.jspecify.annotations.NullMarked;
