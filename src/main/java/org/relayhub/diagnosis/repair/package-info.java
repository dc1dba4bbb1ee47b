/** Brings a platform's subscription in line with the billing system's. */
@NullMarked
package org.relayhub.diagnosis.repair;

import org.jspecify.annotations.NullMarked;
