/** What Hawtio shows of tickets, deliveries and parties, and lets operators do. */
@NullMarked
package org.relayhub.operations.jmx;

import org.jspecify.annotations.NullMarked;
