/** What the JMS Kamelets need in Java: doors for the parties' messages, and ways to their queues. */
@NullMarked
package org.relayhub.adapter.jms;

import org.jspecify.annotations.NullMarked;
