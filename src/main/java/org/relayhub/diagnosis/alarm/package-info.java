/** The alarms that the network has raised and not cleared. */
@NullMarked
package org.relayhub.diagnosis.alarm;

import org.jspecify.annotations.NullMarked;
