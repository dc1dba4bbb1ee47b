/** What the facts of a diagnosis come to, by a decision table that an operator keeps. */
@NullMarked
package org.relayhub.diagnosis.verdict;

import org.jspecify.annotations.NullMarked;
