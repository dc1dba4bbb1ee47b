/** The steps of flows that join several concerns: what a sender is told, a query's answer, a refused message. */
@NullMarked
package org.relayhub.flow;

import org.jspecify.annotations.NullMarked;
