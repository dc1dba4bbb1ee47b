/** What operators see of the network's alarms. */
@NullMarked
package org.relayhub.operations.alarm;

import org.jspecify.annotations.NullMarked;
