/** The default profile's broker. */
@NullMarked
package org.relayhub.standalone.broker;

import org.jspecify.annotations.NullMarked;
