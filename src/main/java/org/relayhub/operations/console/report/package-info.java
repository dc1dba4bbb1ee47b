/** The page of the monthly report. */
@NullMarked
package org.relayhub.operations.console.report;

import org.jspecify.annotations.NullMarked;
