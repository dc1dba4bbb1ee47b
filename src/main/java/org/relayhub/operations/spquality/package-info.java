/** {@code /api/sp-quality}: the month's book, its files and what SIMS says. */
@NullMarked
package org.relayhub.operations.spquality;

import org.jspecify.annotations.NullMarked;
